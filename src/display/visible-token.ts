/** A token as something to look at: white space is drawn, and an end of line is a mark. */
export function visibleToken(token: string): string {
  return token.replaceAll(' ', '·').replaceAll('\n', '⏎').replaceAll('\t', '⇥').replaceAll('\r', '␍');
}
