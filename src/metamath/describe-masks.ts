import type { MaskComparison, MaskCounts, MaskDifference } from './compare-masks.js';

/** The comparison of two maskings as a Markdown page: counts by kind, and the sampled rows where they differ. */
export function describeMasks({ questions, masked, total, kinds, differing, sample }: MaskComparison): string {
  const share = (count: number): string => `${count.toLocaleString('en')} (${percent(count, questions)})`;
  return [
    '# Masked numbers: MetaMath as published, and mathpie',
    '',
    `${questions.toLocaleString('en')} questions. At least one number is masked in ${share(masked.published)} of them as published, in ${share(masked.ours)} by mathpie.`,
    '',
    '| kind | as published | mathpie | both |',
    '|---|---:|---:|---:|',
    ...kinds.map(({ kind, ...counts }) => `| ${kind} | ${cells(counts)} |`),
    `| **all** | ${cells(total)} |`,
    '',
    'Both: places of the published code that lie in one of ours; a mixed number such as 2 1/2 is two of theirs and one of ours.',
    '',
    `Masked as published alone: ${differing.onlyPublished.toLocaleString('en')}; by mathpie alone: ${differing.onlyOurs.toLocaleString('en')}; by both, but not to the same text: ${differing.otherwise.toLocaleString('en')}.`,
    '',
    `## ${sample.length} places where they differ`,
    '',
    ...sample.flatMap((difference, index) => describeDifference(difference, index + 1)),
  ].join('\n');
}

function cells({ published, ours, both }: MaskCounts): string {
  return [published, ours, both].map((count) => count.toLocaleString('en')).join(' | ');
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '0 %' : `${((100 * part) / whole).toFixed(2)} %`;
}

function describeDifference(
  { id, question, published, ours, span }: MaskDifference,
  number: number,
): readonly string[] {
  const around = (text: string | null): string =>
    text === null ? 'not masked' : `\`${excerpt(text, span[0]).replaceAll('`', "'")}\``;
  return [
    `${number}. ${id}: \`${excerpt(question, span[0]).replaceAll('`', "'")}\``,
    `   - as published: ${around(published)}`,
    `   - mathpie: ${around(ours)}`,
  ];
}

/** The words around a place, in one line. */
function excerpt(text: string, at: number): string {
  const [start, end] = [Math.max(0, at - 40), Math.min(text.length, at + 50)];
  const cut = text.slice(start, end).replace(/\s+/g, ' ').trim();
  return `${start > 0 ? '…' : ''}${cut}${end < text.length ? '…' : ''}`;
}
