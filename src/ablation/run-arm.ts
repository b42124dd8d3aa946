import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GradedRow } from '../evaluation/graded-row.js';
import type { GpuProgress } from '../gpu/track-events.js';
import { readGradedRows } from '../runs/read-graded-rows.js';
import type { JsonValue } from '../runs/run-record.js';
import type { StageProgress } from '../runs/track-progress.js';
import { makeDirectory } from '../storage/make-directory.js';
import { type AblationPart, defaultEffects, type Work } from './ablate-options.js';
import type { PoolRow } from './check-answers.js';
import { doOnce } from './do-once.js';
import { evaluateArm, type testSets } from './evaluate-arm.js';
import { trainProblems } from './grow-pool.js';
import type { Arm } from './list-arms.js';
import { countTokensBy } from './measure-rates.js';
import { type MixedSet, meanTokens, mixSet } from './mix-set.js';
import type { AblationRecipe, RowSource } from './recipe.js';
import type { TrainedArm } from './train-arm.js';

/** One arm under one seed: its set is mixed, the student trained on it, and asked. What is there already is not done again. */
export async function runArm(
  arm: Arm,
  {
    recipe,
    seed,
    pools,
    testFile,
    tests,
    work,
  }: {
    readonly recipe: AblationRecipe;
    readonly seed: number;
    readonly pools: ReadonlyMap<RowSource, readonly PoolRow[]>;
    readonly testFile: string;
    readonly tests: ReturnType<typeof testSets>;
    readonly work: Work;
  },
): Promise<{
  readonly rows: ReadonlyMap<string, readonly GradedRow[]>;
  readonly set: MixedSet | undefined;
  readonly grader: string;
}> {
  const { models, onEvent, onProgress, signal, graceMs, gpus } = work;
  const isTrained = Object.keys(arm.shares).length > 0;
  // The untrained student is the same under every seed
  const directory = isTrained ? join(work.directory, `seed-${seed}`, arm.folder) : join(work.directory, arm.folder);
  const part = (name: AblationPart['part']): AblationPart => ({ part: name, arm: arm.name, seed });
  const tell = (name: AblationPart['part']) => onEvent?.({ event: 'part-start', ...part(name) });
  const end = (name: AblationPart['part'], isKept: boolean, text: string) =>
    onEvent?.({ event: 'part-end', ...part(name), isKept, text });
  const show = <Progress extends StageProgress | GpuProgress>(progress: Progress): void =>
    onProgress?.({ ...progress, stage: `seed ${seed}, ${arm.name}, ${progress.stage}` });
  const tellStep = (step: number, steps: number, loss: number): void =>
    onEvent?.({ event: 'training-step', ...part('train'), step, steps, loss });
  await makeDirectory(directory);

  let set: MixedSet | undefined;
  let trained: TrainedArm | undefined;
  if (isTrained) {
    const student = await models.open(recipe.student);
    const countTokens = countTokensBy(student);
    tell('mix');
    const mixed = await doOnce(join(directory, 'set.json'), { arm: arm as unknown as JsonValue, seed }, async () => {
      const originals = trainProblems(recipe, seed).map(({ question, solution }) => ({
        query: question,
        response: solution,
      }));
      const reference = await meanTokens(originals, countTokens);
      return mixSet(arm, {
        directory,
        pools,
        rows: recipe.rows,
        lastLine: recipe.lastLine,
        reference,
        testFile,
        seed,
        countTokens,
      });
    });
    set = mixed.result;
    end(
      'mix',
      mixed.isKept,
      `${set.rows} rows, ${set.distinct} of them different, ${(100 * set.wrong).toFixed(1)} % wrong`,
    );
    tell('train');
    const { train } = { ...defaultEffects, ...work.effects };
    const run = join(directory, 'train');
    const result = await doOnce(join(directory, 'trained.json'), { set: set.sha256, seed }, async () => {
      const done = await train({
        recipe,
        data: join(directory, 'set.jsonl'),
        directory: run,
        seed,
        signal,
        graceMs,
        gpus,
        onProgress: show,
        onEvent: (event) => {
          if (event.event === 'step-end') tellStep(event.step, event.steps, Number(event.loss));
        },
      });
      // What goes on from a checkpoint has ended
      await rm(join(run, 'checkpoints'), { recursive: true, force: true });
      return done;
    });
    trained = result.result;
    // Who draws a curve draws that of an arm that is kept as well
    if (result.isKept) for (const [place, loss] of trained.loss.entries()) tellStep(place + 1, trained.steps, loss);
    end('train', result.isKept, `${trained.steps} steps, last loss ${(trained.loss.at(-1) ?? 0).toFixed(3)}`);
  }

  tell('evaluate');
  const rows = new Map<string, readonly GradedRow[]>();
  const inputs = { model: trained === undefined ? recipe.student : (set?.sha256 ?? ''), seed: isTrained ? seed : 0 };
  const judged = await doOnce(join(directory, 'evaluated.json'), inputs, async () => {
    const { open } = { ...defaultEffects, ...work.effects };
    const own = trained === undefined ? undefined : await open(trained.model, { signal });
    const model = own ?? (await models.open(recipe.student));
    let grader = 'unknown';
    try {
      for (const [name, problems] of tests) {
        const folder = join(directory, name);
        const { maxTokens } = recipe.test;
        grader = (await evaluateArm({ model, problems, directory: folder, maxTokens, signal, onProgress: show }))
          .grader;
      }
    } finally {
      await own?.close();
    }
    return { grader };
  });
  for (const name of tests.keys()) rows.set(name, await readGradedRows<GradedRow>(join(directory, name)));
  const right = (rows.get('forward') ?? []).filter(({ correct }) => correct).length;
  end('evaluate', judged.isKept, `${right} of ${rows.get('forward')?.length ?? 0} right`);
  return { rows, set, grader: judged.result.grader };
}
