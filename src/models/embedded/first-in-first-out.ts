/** So many taken places at the front are given back at once. */
const mostTaken = 1024;

/** A queue of what is taken in the order in which it was put in. */
export type FirstInFirstOut<Item> = {
  readonly put: (item: Item) => void;
  /** The first that is still wanted; undefined where there is none. */
  readonly take: () => Item | undefined;
  /** Those that were not taken yet, wanted or not. */
  readonly waiting: () => readonly Item[];
  /** The next of those, at most so many. */
  readonly next: (count: number) => readonly Item[];
};

/**
 * A queue whose items may lose their worth while they wait: `take` passes those over. It takes the same time however many wait, where `shift` of an
 * array of 100,000 moves all the others each time, and a stop that passes over all of them takes seconds.
 */
export function firstInFirstOut<Item>(isWanted: (item: Item) => boolean): FirstInFirstOut<Item> {
  let items: Item[] = [];
  let taken = 0;
  return {
    put: (item) => {
      items.push(item);
    },
    take: () => {
      for (;;) {
        if (taken === items.length || (taken > mostTaken && 2 * taken > items.length)) {
          items = items.slice(taken);
          taken = 0;
        }
        if (items.length === 0) return undefined;
        const item = items[taken++] as Item;
        if (isWanted(item)) return item;
      }
    },
    waiting: () => items.slice(taken),
    next: (count) => items.slice(taken, taken + count),
  };
}
