/** Gold, the other text, and whether they agree. */
export type ExamplePair = readonly [gold: string, other: string, isRight: boolean];

/** Reads lines `= gold ¦ other` and `≠ gold ¦ other`, where ⏎ stands for a line break and ´ for a backtick. */
export function readPairs(table: string): readonly ExamplePair[] {
  return table
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [gold = '', other = ''] = line.slice(2).replaceAll('⏎', '\n').replaceAll('´', '`').split(' ¦ ');
      return [gold, other, line.startsWith('=')] as const;
    });
}
