import { named } from '../../name-setting.js';
import { formatColumns } from '../../steps/format-columns.js';
import { formatCount } from '../../steps/format-count.js';
import type { AssemblyReport, TypeYield } from './assembly-report.js';

/** What an assembly did, for people: a table of types, the reasons, what fell short, and where the rest is written. */
export function formatAssembly(
  report: AssemblyReport,
  { out, reportFile }: { readonly out: string; readonly reportFile: string },
): string[] {
  const { read, written, stages, types, tests, contaminated, badLines, cutComparisons, recipe } = report;
  const before = stages.find(({ stage }) => stage === 'decontamination');
  const leaked = before?.dropped.contaminated ?? 0;
  return [
    ...formatColumns(tabulate(types)).map((line) => `  ${line}`),
    ...stages.flatMap(({ stage, before: count, after, dropped }) => {
      const reasons = Object.entries(dropped).map(([reason, number]) => `${formatCount(number)} ${reason}`);
      const detail = reasons.length === 0 ? 'none dropped' : reasons.join(', ');
      return [`${stage}: ${formatCount(count)} → ${formatCount(after)} rows (${detail})`];
    }),
    ...describeLeaks(contaminated[0], leaked),
    ...(tests.length === 0
      ? [`No test set was named, so that nothing was decontaminated; name one with ${named('tests')}`]
      : []),
    ...(before !== undefined && leaked > before.before / 2
      ? ['More than half of the rows overlap with the test sets: is one of them a training set?']
      : []),
    ...(badLines === 0 ? [] : [`Left out ${formatCount(badLines)} bad lines`]),
    ...(cutComparisons === 0
      ? []
      : [`${formatCount(cutComparisons)} rows have so many like them that not all were compared`]),
    ...types.filter(({ short }) => short > 0).map(describeShortfall),
    `Wrote ${formatCount(written)} of ${formatCount(read)} rows to ${out} (recipe ${recipe.name}, seed ${recipe.seed}) and the report to ${reportFile}`,
  ];
}

function tabulate(types: readonly TypeYield[]): string[][] {
  const head = ['type', 'read', 'checked', 'clean', 'unique', 'distinct', 'yield', 'wanted', 'written'];
  return [head, ...types.map(tabulateType)];
}

function tabulateType({ type, read, dropped, available, wanted, written, yield: share }: TypeYield): string[] {
  const of = (reason: string): number => dropped[reason] ?? 0;
  const unique = available + of('near-duplicate');
  const clean = unique + of('exact-duplicate');
  const checked = clean + of('contaminated');
  const percent = share === null ? '–' : `${(100 * share).toFixed(1)} %`;
  const [counts, results] = [
    [read, checked, clean, unique, available],
    [wanted, written],
  ];
  return [type, ...counts.map(formatCount), percent, ...results.map(formatCount)];
}

function describeLeaks(first: AssemblyReport['contaminated'][number] | undefined, count: number): string[] {
  if (first === undefined) return [];
  const { row, testFile, testItem, text } = first;
  const shared = text.length > 80 ? `${text.slice(0, 77)}…` : text;
  return [
    `${formatCount(count)} rows overlap with a test item; first ${row} with ${testItem} of ${testFile}: ${JSON.stringify(shared)}`,
  ];
}

function describeShortfall({ type, written, wanted, short, read, yield: share }: TypeYield): string {
  const rate = share ?? 0;
  const more =
    rate > 0
      ? `; at this yield some ${formatCount(Math.ceil(short / rate))} more rows are needed beside the ${formatCount(read)}`
      : '';
  return `${type} falls short: ${formatCount(written)} of ${formatCount(wanted)} rows, ${formatCount(short)} too few${more}`;
}
