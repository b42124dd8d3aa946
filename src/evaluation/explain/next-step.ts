import { quoteWords } from '../../gpu/quote-words.js';
import type { StageConfig } from '../../runs/run-config.js';
import { type Cause, thoughtAlone } from './find-cause.js';

export type KnownRun = {
  /** The run directory; undefined for rows alone. */
  readonly directory: string | undefined;
  /** The configuration of its evaluation; undefined where another harness made it. */
  readonly config: StageConfig | undefined;
  /** How its rows were imported, where another harness made them. */
  readonly imported?: StageConfig | undefined;
  /** Tokens of its longest answer; 0 where nobody tells them. */
  readonly longest: number;
  readonly grader: string;
  /** What is commonest among the rows of the cause. */
  readonly about?: string | undefined;
};

/** The first thing to do about a cause: a command as one could type it, or what to change in the harness that made the answers. */
export function nextStep(
  cause: Cause,
  { directory = 'RUN', config, imported, longest, grader, about }: KnownRun,
): string {
  const more = 2 ** Math.ceil(Math.log2(Math.max(2 * longest, 512)));
  const again = (change: string, tag: string): string =>
    config === undefined
      ? `ask again with ${change} in the harness that made these answers`
      : evaluateAgain(config, change, `${directory}-${tag}`);
  const look = quoteWords(['mathpie', 'report', directory, '--out', 'report.html']);
  if (about === thoughtAlone)
    return "ask again where the server's parser of thoughts is the model's own, or off (vLLM: --reasoning-parser)";
  switch (cause) {
    case 'cut':
    case 'open-thought':
      return again(
        config !== undefined
          ? `--max-tokens ${more}`
          : longest > 0
            ? `a limit of ${more} tokens`
            : 'a larger limit of tokens',
        String(more),
      );
    case 'stop-word':
      return again(config === undefined ? 'no stop words' : '--preset mathpie', 'no-stops');
    case 'template':
      return config?.model === undefined
        ? 'ask again with the chat template of the model'
        : quoteWords(['mathpie', 'magpie', 'template', '--model', String(config.model)]);
    case 'no-answer':
      return again(config === undefined ? 'words that ask for \\boxed{}' : '--prompts instruct', 'boxed');
    case 'other-grader':
      if (imported !== undefined && !grader.startsWith('mathpie')) return importAgain(imported, `${directory}-mathpie`);
      return grader.startsWith('mathpie')
        ? `${look}  # then choose "graders disagree"`
        : again(config === undefined ? 'the grader of mathpie' : '--preset mathpie', 'mathpie');
    case 'failed':
      return config === undefined ? 'ask again for what failed' : evaluateAgain(config, '', directory);
    case 'not-found':
    case 'suspect-gold':
    case 'refused':
    case 'wrong':
      return look;
  }
}

/** The same files, graded by us. */
function importAgain(config: StageConfig, run: string): string {
  const files = Array.isArray(config.files)
    ? config.files.map((file) => String((file as { name?: unknown }).name))
    : [];
  const flags = ['id', 'question', 'gold', 'response', 'correct', 'only', 'data'].flatMap((name) =>
    typeof config[name] === 'string' ? [`--${name}`, String(config[name])] : [],
  );
  return quoteWords(['mathpie', 'import', ...files, ...flags, '--run', run]);
}

function evaluateAgain(config: StageConfig, change: string, run: string): string {
  const { model, data, dataset, prompts, preset } = config;
  const named = (flag: string, value: unknown): string[] => (typeof value === 'string' ? [flag, value] : []);
  const isChanged = (flag: string): boolean => change.startsWith(flag);
  const words = [
    'mathpie',
    'evaluate',
    ...named('--model', model),
    ...named('--data', data),
    ...(dataset === 'pocket' ? [] : named('--dataset', dataset)),
    ...(preset === 'mathpie' || isChanged('--preset') ? [] : named('--preset', preset)),
    ...(isChanged('--prompts') || preset !== 'mathpie'
      ? []
      : named('--prompts', typeof prompts === 'string' ? prompts.replace(/@.*/, '') : undefined)),
    ...(change === '' ? [] : change.split(' ')),
    '--run',
    run,
  ];
  return quoteWords(words);
}
