/** A text as a whole number of 32 bits, signed (FNV-1a over UTF-16 units): to tell texts apart cheaply, not safely. Runs in a browser too. */
export function textPrint(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash | 0;
}
