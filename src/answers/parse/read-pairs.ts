/** A table of one line: `a,b:c d` is a → c, b → c, d → d. */
export const readPairs = (list: string, between = ' '): Map<string, string> =>
  new Map(
    list.split(between).flatMap((entry) => {
      const at = entry.indexOf(':', 1);
      if (at < 0) return [[entry, entry] as const];
      return entry
        .slice(0, at)
        .split(',')
        .map((name) => [name, entry.slice(at + 1)] as const);
    }),
  );
