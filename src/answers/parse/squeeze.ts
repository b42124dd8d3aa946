/** A text with one blank where it has white space, and none at its ends. */
export const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();
