/** Keeps lists of 32-bit numbers one after another in pages that never move: nothing is copied as it grows. */
export type NumberStore = {
  readonly count: number;
  add(numbers: Uint32Array): void;
  get(index: number): Uint32Array;
};

/** Numbers a page: 8 MB. */
const pageLength = 2 ** 21;

export function createNumberStore(): NumberStore {
  const pages: Uint32Array[] = [];
  let pageOf = new Uint32Array(1024);
  let startOf = new Uint32Array(1024);
  let endOf = new Uint32Array(1024);
  let count = 0;
  let used = pageLength;
  const grown = (numbers: Uint32Array): Uint32Array<ArrayBuffer> => {
    const larger = new Uint32Array(numbers.length * 2);
    larger.set(numbers);
    return larger;
  };
  return {
    get count() {
      return count;
    },
    add: (numbers) => {
      if (used + numbers.length > pageLength) {
        pages.push(new Uint32Array(Math.max(pageLength, numbers.length)));
        used = 0;
      }
      if (count === pageOf.length) [pageOf, startOf, endOf] = [grown(pageOf), grown(startOf), grown(endOf)];
      pages[pages.length - 1]?.set(numbers, used);
      pageOf[count] = pages.length - 1;
      startOf[count] = used;
      used += numbers.length;
      endOf[count] = used;
      count += 1;
    },
    get: (index) => (pages[pageOf[index] as number] as Uint32Array).subarray(startOf[index], endOf[index]),
  };
}
