/** Variables of an environment, as `process.env` holds them: a type of our own, so that what imports the package needs no types of Node. */
export type Environment = { readonly [name: string]: string | undefined };
