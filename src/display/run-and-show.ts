import type { LanguageModel } from '../models/language-model.js';
import { openRun, type Run } from '../runs/open-run.js';
import type { StageConfig } from '../runs/run-config.js';
import type { StageProgress } from '../runs/track-progress.js';
import { type StopButton, stopButton } from '../stop-button.js';
import { sayEnding } from './say-ending.js';
import { type ProgressHandle, showProgress } from './show-progress.js';

export type StageToShow = {
  /** Stands before the live progress, and before the line that stays. */
  readonly title: string;
  readonly directory: string;
  readonly stage: string;
  readonly model: LanguageModel;
  /** What else decides the result; the model's name is put in front. @default none */
  readonly config?: StageConfig;
};

export type StageTools = {
  readonly run: Run;
  readonly model: LanguageModel;
  readonly onProgress: (progress: StageProgress) => void;
  /** Aborts when the reader presses stop; undefined outside of a notebook. */
  readonly signal: AbortSignal | undefined;
};

/**
 * One stage of a run in a cell: opens the run directory, shows live progress while `work` goes on, writes the manifest,
 * and closes the directory however it ends. What stays is one line with items, tokens and time. `work` gets what every stage
 * takes: `(tools) => respond({ ...tools, instructions })`. The notebook's stop button ends it within two seconds, in one line, with the directory free and all
 * that is done kept.
 */
export async function runAndShow<Result>(
  { title, directory, stage, model, config = {} }: StageToShow,
  work: (tools: StageTools) => Promise<Result>,
  progress: ProgressHandle = showProgress({ title }),
  button: StopButton = stopButton,
): Promise<Result> {
  const run = await openRun({ directory, stage, config: { model: model.name, ...config } });
  const { add, describe } = sumProgress();
  let end = '';
  try {
    const result = await button.during((signal) =>
      work({
        run,
        model,
        signal,
        onProgress: (update) => {
          add(update);
          progress.update(update);
        },
      }),
    );
    await run.finish({});
    end = describe();
    return result;
  } catch (error) {
    end = sayEnding(error);
    throw error;
  } finally {
    progress.done(end);
    await run.close();
  }
}

/** A stage may ask the model in several rounds, each of which counts from zero: the sums over all of them. */
function sumProgress() {
  const rounds: StageProgress[] = [];
  return {
    add: (update: StageProgress): void => {
      const last = rounds.at(-1);
      const isSameRound =
        last?.stage === update.stage && last.elapsedMs <= update.elapsedMs && last.tokens <= update.tokens;
      if (isSameRound) rounds[rounds.length - 1] = update;
      else rounds.push(update);
    },
    describe: (): string => {
      const sum = (of: (round: StageProgress) => number): number =>
        rounds.reduce((total, round) => total + of(round), 0);
      const [done, tokens, ms] = [sum((round) => round.done), sum((round) => round.tokens), sum((r) => r.elapsedMs)];
      if (rounds.length === 0) return 'done';
      if (tokens === 0) return `${counted(done)} done, all from earlier`;
      // A judge says one word: what it takes is reading, and tokens a second would say nothing.
      const isJudge = tokens <= 2 * done;
      const made = isJudge ? `${counted(done)} done` : `${counted(done)} done, ${counted(tokens)} tokens`;
      // On a clock that stands still (notebooks made from a recording) there is no time to tell.
      if (ms === 0) return made;
      const time = `${made} in ${(ms / 1000).toFixed(1)} s`;
      return isJudge ? time : `${time}, ${counted((1000 * tokens) / Math.max(1, ms))} tokens/s`;
    },
  };
}

const counted = (count: number): string => Math.round(count).toLocaleString('en');
