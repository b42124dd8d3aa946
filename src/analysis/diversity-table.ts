export type DiversityTableRow = {
  readonly group: string;
  readonly n: number;
  /** Different texts, upper and lower case and spaces aside. */
  readonly distinct: number;
  /** Different texts after every number became the same sign: how many patterns there are. */
  readonly patterns: number;
  /** Different words. */
  readonly vocabulary: number;
  /** Different n-grams of words over all of them (distinct-n: Li et al., 2016, arXiv:1510.03055). Falls with n. */
  readonly distinct1: number;
  readonly distinct2: number;
  readonly distinct3: number;
};

/** How much the texts of each group repeat each other. Compare groups of about the same size only. */
export function diversityTable(
  rows: readonly { readonly text: string; readonly group?: string }[],
): DiversityTableRow[] {
  const groups = new Map<string, string[]>();
  for (const { text, group = 'all' } of rows) {
    const texts = groups.get(group);
    if (texts) texts.push(text);
    else groups.set(group, [text]);
  }
  return [...groups].map(([group, texts]) => {
    const plain = texts.map((text) => text.toLowerCase().replace(/\s+/g, ' ').trim());
    const words = plain.map(splitWords);
    return {
      group,
      n: texts.length,
      distinct: new Set(plain).size,
      patterns: new Set(plain.map((text) => text.replace(/\d+(?:[.,]\d+)*/g, '#'))).size,
      vocabulary: new Set(words.flat()).size,
      distinct1: distinctShare(words, 1),
      distinct2: distinctShare(words, 2),
      distinct3: distinctShare(words, 3),
    };
  });
}

function splitWords(text: string): string[] {
  return text.match(/[\p{L}\p{M}]+|\d+(?:[.,]\d+)*/gu) ?? [];
}

function distinctShare(texts: readonly (readonly string[])[], size: number): number {
  const seen = new Set<string>();
  let total = 0;
  for (const words of texts)
    for (let start = 0; start + size <= words.length; start += 1) {
      seen.add(words.slice(start, start + size).join(' '));
      total += 1;
    }
  return total === 0 ? 0 : seen.size / total;
}
