/** A table of one line: `a:b c` is a → b, c → c. */
export const readPairs = (list: string, between = ' '): Map<string, string> =>
  new Map(
    list.split(between).map((entry) => {
      const at = entry.indexOf(':', 1);
      return at < 0 ? [entry, entry] : [entry.slice(0, at), entry.slice(at + 1)];
    }),
  );
