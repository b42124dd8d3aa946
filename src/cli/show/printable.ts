/**
 * Characters that a terminal acts upon instead of showing them: control characters of both sets but for tab and line end, and marks that turn the
 * direction of what follows (Unicode Standard Annex 9, section 2). Endpoints, files and ids may hold them.
 */
const acting = /(?![\t\n])[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** The text with these characters written out as `\u001b`: visible, and without effect. */
export function printable(text: string): string {
  return text.replace(acting, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A line of JSON whose bytes a terminal only shows; read back it is the same value. */
export function printableJson(value: unknown): string {
  return printable(JSON.stringify(value));
}
