import { named } from '../../name-setting.js';
import { sortReasons } from '../../steps/step.js';
import type { Likelihood } from './draw-texts.js';
import { countReasons, type JudgedInstructions } from './judge-instructions.js';

/** After so many draws of a session a yield says something: at a true 20 %, a 95 % interval of 11 to 33 %. */
export const toldAfter = 50;

/** A yield above this is as it should be, and nobody need hear of a cause. */
export const goodYield = 0.5;

/**
 * Texts whose tokens have a mean natural-log probability below this are unlikely to the model itself. Qwen2.5-0.5B-Instruct in the user's place: -0.6 to -1.1 at a temperature of 0.7, where
 * greedy drawing takes three of four tokens, and -3.5 at 1.2, where it takes two of five and the texts fall apart.
 */
const unlikely = -2;

/**
 * What comes of drawing, told while there is time to stop: the yield by reason, what a kept problem costs in tokens and time, whether the end is in
 * reach, and the likely cause with the setting to change.
 */
export function describeYield(
  records: readonly { readonly [field: string]: unknown }[],
  {
    judged,
    count,
    maxCandidates,
    seconds,
  }: {
    readonly judged: Pick<JudgedInstructions, 'accepted' | 'candidates'>;
    readonly count: number;
    readonly maxCandidates: number;
    /** That these draws took. */
    readonly seconds: number;
  },
): readonly string[] {
  const drawn = judged.candidates.length;
  const kept = judged.candidates.filter(({ verdict }) => verdict !== 'rejected').length;
  const reasons = sortReasons(countReasons(judged.candidates));
  const tokens = records.reduce((sum, { completionTokens }) => sum + Number(completionTokens ?? 0), 0);
  const listed = Object.entries(reasons).map(([reason, number]) => `${reason} ${number}`);
  const why = listed.length === 0 ? '' : ` (rejected: ${listed.slice(0, 4).join(', ')})`;
  const cost =
    kept === 0 ? '' : `; a kept problem takes ${Math.round(tokens / kept)} tokens and ${(seconds / kept).toFixed(1)} s`;
  const lines = [`Of the first ${drawn} texts ${kept} are problems${why}${cost}`];
  const needed = kept === 0 ? Number.POSITIVE_INFINITY : Math.ceil((count * drawn) / kept);
  if (needed > maxCandidates) {
    const reach = kept === 0 ? 'none' : `about ${Math.floor((maxCandidates * kept) / drawn)}`;
    lines.push(
      `At this yield ${reach} of the ${count} problems come before ${maxCandidates} texts are drawn, where it stops; raise ${named('maxCandidates')}, or mend the cause`,
    );
  }
  if (kept / drawn < goodYield) lines.push(likelyCause(reasons, { drawn, likelihood: likelihoodOf(records) }));
  return lines;
}

/** The commonest reason, read as what a user can change. */
export function likelyCause(
  reasons: Readonly<Record<string, number>>,
  { drawn, likelihood }: { readonly drawn: number; readonly likelihood: Likelihood | undefined },
): string {
  const share = (...names: readonly string[]): number =>
    names.reduce((sum, name) => sum + (reasons[name] ?? 0), 0) / drawn;
  const lower = `the ${named('temperature')} is above what this model bears; lower it, or leave unlikely tokens out by ${named('minP')} 0.05`;
  const isUnlikely = likelihood !== undefined && likelihood.meanLogProbability < unlikely;
  const causes = [
    {
      // Whatever such texts hold, it is not what the model would say
      weight: isUnlikely ? share(...Object.keys(reasons)) - share('duplicate') : 0,
      line: `The texts are unlikely to the model itself (greedy drawing would take ${percent(likelihood?.greedyShare)} of their tokens, which have a probability of ${percent(Math.exp(likelihood?.meanLogProbability ?? 0))} each in the geometric mean): ${lower}`,
    },
    {
      weight: 2 * share('mixed-scripts', 'unlikely'),
      line: `Words of several scripts in one text: ${lower}`,
    },
    {
      weight: share('leaked-tokens', 'assistant-voice'),
      line: 'The assistant speaks, or marks of a template stand in the texts: the text in front of the user turn may be another model’s; mathpie magpie template MODEL shows it',
    },
    {
      weight: share('length'),
      line: `Texts run into the limit: the model does not end its turn; lower the ${named('temperature')}, raise ${named('maxTokens')}, or use a model that was tuned to chat`,
    },
    {
      weight: share('duplicate'),
      line: `The same problems come again: raise the ${named('temperature')}, or ask for several domains by ${named('domain')}`,
    },
    {
      weight: share('other-language'),
      line: `The model writes in a language that is not judged here (English and Japanese are): ask for one of these by ${named('problemLanguage')}, or judge the texts of instruct_candidates.jsonl yourself`,
    },
    {
      weight: share('code', 'not-a-problem', 'answer-bleed', 'missing-givens', 'trailing-colon', 'fragment'),
      line: `The model speaks of other things than mathematics: steer it by ${named('domain')} or ${named('task')}, or use a model for mathematics`,
    },
  ];
  return causes.reduce((likeliest, cause) => (cause.weight > likeliest.weight ? cause : likeliest)).line;
}

/** Of the texts that were measured; undefined where the engine tells of none. */
function likelihoodOf(records: readonly { readonly [field: string]: unknown }[]): Likelihood | undefined {
  const mean = (field: keyof Likelihood): number | undefined => {
    const values = records.flatMap(({ [field]: value }) => (typeof value === 'number' ? [value] : []));
    return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const [meanLogProbability, greedyShare] = [mean('meanLogProbability'), mean('greedyShare')];
  return meanLogProbability === undefined || greedyShare === undefined
    ? undefined
    : { meanLogProbability, greedyShare };
}

const percent = (share = 0): string => `${(100 * share).toFixed(0)} %`;
