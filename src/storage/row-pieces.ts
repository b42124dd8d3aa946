/** The longest row that is read, in bytes; JavaScript holds no text of more than twice as many characters. */
const longestRow = 256 * 2 ** 20;

export type RowPieces = {
  push(piece: Buffer): void;
  isEmpty(): boolean;
  /** The bytes of the row, put together once, so that a row of many megabytes costs linear time; the next piece begins another one. */
  take(): Buffer;
};

/**
 * Gathers the pieces in which a row comes from a file. Of a row that is too long only its length is kept, and its text says so instead, which is
 * no JSON: it is a bad row like others, named and counted, and what follows it is read.
 */
export function createRowPieces({ longest = longestRow }: { readonly longest?: number } = {}): RowPieces {
  let [pieces, bytes]: [Buffer[], number] = [[], 0];
  const megabytes = (count: number): string => `${Math.round(count / 1e6)} MB`;
  return {
    push: (piece) => {
      bytes += piece.length;
      if (bytes > longest) pieces = [];
      else pieces.push(piece);
    },
    isEmpty: () => bytes === 0,
    take: () => {
      const [first] = pieces;
      const isWhole = bytes <= longest;
      const whole = pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces);
      const found = isWhole ? whole : Buffer.from(`a row of ${megabytes(bytes)}, longer than ${megabytes(longest)}`);
      [pieces, bytes] = [[], 0];
      return found;
    },
  };
}
