import * as errors from '../errors.js';

/** An error as plain JSON, on its way to another process. */
export type CarriedError = {
  readonly name: string;
  /** With its settings marked, so that whoever shows it can put the caller's words for them. */
  readonly message: string;
  readonly fields: { readonly [field: string]: unknown };
};

type Known = new (message: string, fields: never) => Error;
/** The classes that callers can tell apart, whose exit codes differ. */
const known: ReadonlyMap<string, Known> = new Map(
  Object.entries(errors).flatMap(([name, value]) =>
    name.endsWith('Error') ? [[name, value as unknown as Known]] : [],
  ),
);

export function carryError(error: unknown): CarriedError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), fields: {} };
  const { name, message, stack: _, cause: __, ...rest } = error as Error & { readonly template?: string };
  const { template = message, ...fields } = rest;
  return { name, message: template, fields: known.has(name) ? fields : {} };
}

/** The error of the other process: of its class, with its fields. */
export function receiveError({ name, message, fields }: CarriedError): Error {
  const Class = known.get(name);
  return Class === undefined ? new Error(message) : new Class(message, fields as never);
}
