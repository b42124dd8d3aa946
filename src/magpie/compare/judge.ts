import type { LanguageModel } from '../../models/language-model.js';
import type { PromptSet } from '../../prompts/prompt-set.js';
import { itemSeed } from '../../runs/item-seed.js';
import type { Run } from '../../runs/open-run.js';
import type { RunRecord } from '../../runs/run-record.js';
import { runStage } from '../../runs/run-stage.js';
import type { StageProgress } from '../../runs/track-progress.js';
import { choosePromptSet } from '../../steps/choose-prompt-set.js';
import { renderRequest } from '../../steps/render-request.js';
import { modelLabel } from '../rows/magpie-file.js';
import { type CandidatesRow, type JudgedRow, rowKey, shortHash } from '../rows/magpie-row.js';
import { mostCandidates } from '../rows/most-candidates.js';
import { outputName } from '../rows/output-name.js';
import { meanVerdicts, readVerdictRecord, type VerdictSource, verdictSampling, verdictSource } from './ask-verdict.js';

export type JudgeOptions = {
  /** Rows of `candidates`. */
  readonly rows: readonly CandidatesRow[];
  readonly run: Run;
  /** The judge; it may be another model than the one that wrote the solutions. */
  readonly model: LanguageModel;
  /** @default 'pocket' for the model `pocket`, else 'instruct' */
  readonly promptSet?: string | PromptSet;
  /** Verdicts a solution, where the engine gives no log-probabilities. @default 8 */
  readonly verdicts?: number;
  /** @default the run's seed */
  readonly seed?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StageProgress) => void) | undefined;
};

export type JudgeResult = {
  readonly rows: readonly JudgedRow[];
  readonly fileName: string;
  readonly source: VerdictSource;
  /** Candidates without a score, because the judge said neither yes nor no. */
  readonly unscoredCount: number;
};

type Judged = { readonly id: string; readonly question: string; readonly solution: string };

/**
 * Asks a model whether each candidate is right, in the words `judge` of its prompt set (configs/prompts). The score is P(yes) of the first token, normalised over the spellings of
 * yes and no; an engine without log-probabilities is asked several times, and the score is the share of yes.
 */
export async function judge(options: JudgeOptions): Promise<JudgeResult> {
  const { rows, run, model } = options;
  const result = await judgeCandidates(options);
  const k = mostCandidates(rows);
  const file = outputName({ run, model: model.name, count: rows.length, type: `ins_${k}res_judged` });
  const fileName = await run.leave({ name: 'judged', file }, result.rows);
  return { ...result, fileName };
}

/** The same without a file of its own. */
export async function judgeCandidates(options: JudgeOptions): Promise<Omit<JudgeResult, 'fileName'>> {
  const { rows, model } = options;
  const promptSet = choosePromptSet(model, options.promptSet);
  const source = verdictSource(model);
  const records = await askJudge(options, { promptSet, source });
  const scores = meanVerdicts(records);
  const description = { model: model.name, source, prompt: `${promptSet.name}@${promptSet.version}` } as const;
  const judged = rows.map((row) => ({
    ...row,
    scores: row.candidates.map(({ response }) => scores.get(itemId(row, response)) ?? null),
    judge: description,
  }));
  const unscoredCount = judged.reduce((sum, row) => sum + row.scores.filter((score) => score === null).length, 0);
  return { rows: judged, source, unscoredCount };
}

/** Equal solutions of one problem are judged once. */
function itemId(row: CandidatesRow, response: string): string {
  return `${rowKey(row)}#${shortHash(response)}`;
}

/** Named after who is asked what: nobody gives a verdict twice, and those of another judge are no verdicts of this one. */
function judgeStage({ name }: Pick<LanguageModel, 'name'>, { name: words, version }: PromptSet): string {
  const label = modelLabel(name);
  return `judge-${label}${label === name ? '' : `-${shortHash(name).slice(0, 6)}`}-${words}@${version}`;
}

function askJudge(
  { rows, run, model, verdicts, seed = run.seed, signal, onProgress }: JudgeOptions,
  { promptSet, source }: { promptSet: PromptSet; source: JudgeResult['source'] },
): Promise<readonly RunRecord[]> {
  const stage = judgeStage(model, promptSet);
  const items = new Map<string, Judged>();
  for (const row of rows) {
    for (const { response } of row.candidates) {
      const id = itemId(row, response);
      items.set(id, { id, question: row.instruction, solution: response });
    }
  }
  return runStage({
    run,
    stage,
    model,
    items: [...items.values()],
    request: ({ id, question, solution }) => ({
      prompt: renderRequest(promptSet, { kind: 'judge', values: { question, solution } }),
      ...verdictSampling(model, { verdicts, seed: itemSeed(seed, stage, id) }),
    }),
    record: (_, completion) => readVerdictRecord(completion, source),
    signal,
    onProgress,
  });
}
