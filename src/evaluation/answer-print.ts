/**
 * Tells two answers to one question apart: 8 hex digits over the response and the gold answer (FNV-1a over UTF-16 units). Runs in a browser too. A reader's
 * verdict carries it, so that it is never taken for one on another text of the same id.
 */
export function answerPrint({ response, gold }: { readonly response?: string | null; readonly gold?: string }): string {
  let hash = 0x811c9dc5;
  const text = `${gold ?? ''}\u0000${response ?? ''}`;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
