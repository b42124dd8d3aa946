import { named } from '../../name-setting.js';
import { commandWords } from '../../steps/command-words.js';
import { type Made, neededModel, type StepGiven, sortReasons } from '../../steps/step.js';
import type { InstructOptions } from './draw-instructions.js';
import { instruct } from './instruct.js';
import { besides, formatProbe, type Probed, probeInstructions } from './probe-instructions.js';
import { goodYield, likelyCause } from './tell-yield.js';

type Given = StepGiven<Omit<InstructOptions, 'run' | 'model'>, { readonly [setting: string]: unknown }>;

/** The work of `magpie instruct` where it probes: rows are the points of the grid, and the last line for people is the command to draw with. */
export async function probe(given: Given): Promise<Made> {
  const { settings, asked, run, seed, signal, onProgress, onNote: onYield } = given;
  const told = { run, onYield, model: neededModel(given), seed, signal, onProgress };
  const probed = await probeInstructions({ ...settings, ...told, draws: settings.maxCandidates });
  const { points, proposed } = probed;
  await run.leave({ name: 'probe', file: 'instruct_probe.jsonl' }, points);
  const sum = (field: 'drawn' | 'kept'): number => points.reduce((total, point) => total + point[field], 0);
  const rejected = sortReasons(addReasons(points));
  const summary = { stage: 'probe', drawn: sum('drawn'), kept: sum('kept'), rejected, proposed: proposed ?? null };
  const counts = { unit: 'texts', input: sum('drawn'), output: sum('kept'), lost: rejected };
  const table = formatProbe(probed);
  if (proposed === undefined) {
    const why = 'No point of the grid keeps a problem: use another model, or steer it';
    return { rows: {}, counts, summary, lines: points, notes: [...table, `${why} by ${named('domain')}`] };
  }
  const { temperature, topP, minP } = proposed;
  const drawn = {
    ...asked,
    probe: false,
    maxCandidates: undefined,
    temperature,
    topP,
    minP: minP === 0 ? undefined : minP,
  };
  const words = commandWords({ step: instruct, values: drawn, models: given.models }, { seed });
  const line = [...words, '--run', run.directory].map(quoteWord).join(' ');
  const note = `Proposed (*), the most varied of those whose yield cannot be told from the best: ${line}`;
  return { rows: {}, counts, summary, lines: points, notes: [...table, note, ...limitsOf(probed)] };
}

/** What the proposal does not say: that its yield is low all the same, and why; that so few texts tell no point from another. */
function limitsOf({ points, proposed }: Probed): readonly string[] {
  if (proposed === undefined) return [];
  const { drawn, kept, rejected, greedyShare, meanLogProbability } = proposed;
  const measured = greedyShare !== null && meanLogProbability !== null;
  const likelihood = measured ? { greedyShare, meanLogProbability } : undefined;
  const cause = likelyCause(rejected, { drawn, likelihood });
  const isAlike = points.length > 1 && besides(points).length === points.length;
  const all = points.reduce((sum, point) => sum + point.drawn, 0);
  return [
    ...(kept / drawn < goodYield ? [`Even there ${kept} of ${drawn} are problems. ${cause}`] : []),
    ...(isAlike
      ? [
          `By yield no point can be told from another with ${drawn} texts each; ${named('maxCandidates')} ${3 * all} draws more of them here`,
        ]
      : []),
  ];
}

/** As a shell reads it. */
const quoteWord = (word: string): string =>
  /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

function addReasons(
  points: readonly { readonly rejected: Readonly<Record<string, number>> }[],
): Record<string, number> {
  const all: Record<string, number> = {};
  for (const { rejected } of points) {
    for (const [reason, count] of Object.entries(rejected)) all[reason] = (all[reason] ?? 0) + count;
  }
  return all;
}
