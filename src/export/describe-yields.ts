import type { AssemblyReport } from '../metamath/assemble/assembly-report.js';
import type { JsonValue } from '../runs/run-record.js';
import type { StepCounts } from '../steps/step.js';
import { markdownTable } from './markdown.js';
import type { StageFacts } from './run-facts.js';

type Say = (message: string) => string;

/** How many rows each step of a run took in, kept and lost, and why: a Markdown table. */
export function describeYields(stages: readonly StageFacts[], say: Say): string[] {
  const rows = stages.flatMap((stage) =>
    stage.name === 'augment' ? techniqueRows(stage, say) : [stageRow(stage, say)],
  );
  return markdownTable([say('step'), say('asked'), say('kept'), say('lost, and why')], rows);
}

/** The same of an assembly: its stages, then its types. */
export function describeAssembly({ stages, types }: AssemblyReport, say: Say): string[] {
  return [
    ...markdownTable(
      [say('step'), say('before'), say('after'), say('lost, and why')],
      stages.map(({ stage, before, after, dropped }) => [say(stage), before, after, reasons(dropped)]),
    ),
    '',
    ...markdownTable(
      [say('type'), say('read'), say('usable'), say('wanted'), say('written')],
      types.map(({ type, read, available, wanted, written }) => [type, read, available, wanted, written]),
    ),
  ];
}

function stageRow({ name, counts, summary }: StageFacts, say: Say): (string | number)[] {
  if (summary === undefined) return [name, counts?.done ?? '', '', say('not finished')];
  const counted = summary.counts as StepCounts | undefined;
  // A stage of one's own, in a notebook: its records are all that is known
  if (counted === undefined)
    return [name, counts === undefined ? '' : counts.done + counts.failed, counts?.done ?? '', ''];
  return [name, counted.input, counted.output, reasons(counted.lost)];
}

function techniqueRows({ name, summary }: StageFacts, say: Say): (string | number)[][] {
  const yields = (summary?.yields ?? []) as readonly { readonly [field: string]: JsonValue }[];
  if (yields.length === 0) return [[name, '', '', say('not finished')]];
  return yields.map((each) => {
    const lost = [
      ...(Number(each.wrong) > 0 ? [`${say('wrong answer')} ${each.wrong}`] : []),
      ...(Number(each.duplicate) > 0 ? [`${say('duplicate')} ${each.duplicate}`] : []),
      ...[each.failed, each.skipped].map((counts) => reasons(counts ?? {})).filter(Boolean),
    ];
    return [String(each.type), Number(each.asked), Number(each.kept), lost.join(', ')];
  });
}

function reasons(counts: JsonValue | Readonly<Record<string, number>>): string {
  if (typeof counts !== 'object' || counts === null || Array.isArray(counts)) return '';
  return Object.entries(counts)
    .filter(([, count]) => Number(count) > 0)
    .sort(([, left], [, right]) => Number(right) - Number(left))
    .map(([reason, count]) => `${reason} ${typeof count === 'number' ? count : JSON.stringify(count)}`)
    .join(', ');
}
