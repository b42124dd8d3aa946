/** Flags that several commands share, each described once. */

import { parsePolicy } from '../../answers/parse/parse-policy.js';
import { overlapWords } from '../../selection/overlap-words.js';
import { decimal, flag, integer, requiredText, settings, text, texts } from '../declare/option.js';

/** What a model string may be. */
export const modelWords =
  'pocket, gguf:FILE, vllm:OWNER/NAME, vllm:FOLDER, openai:NAME, http://HOST:PORT/v1#NAME or replay:FILE; keys come from the environment';

/** Flags that several commands share, each described once. */
export const modelOption = requiredText({ valueName: 'MODEL', description: modelWords });

export const dataOption = requiredText({
  valueName: 'FILE',
  description:
    'problems: JSONL, a JSON array or a folder; {id?, question, answer?, …} or a published format, see docs/datasets.md',
});

export const runOption = requiredText({
  valueName: 'DIR',
  description: 'run directory; the same command again continues what is there',
});

export const outOption = text({ valueName: 'FILE', description: 'write the rows here instead of to stdout' });

export const seedOption = integer({
  valueName: 'S',
  description: 'the same seed gives the same texts',
  fallback: 0,
  minimum: 0,
  maximum: 2 ** 31 - 1,
});

export const limitOption = integer({
  description: 'use the first N problems alone',
  fallback: undefined,
  minimum: 1,
});

export const skipBadOption = flag({ description: 'count lines that cannot be used and go on' });

export const policyOption = settings({
  description: 'departs from the default policy, such as percent=number; may be given again; see docs/grading.md',
  read: (assignment) => parsePolicy([assignment]),
});

export const strictGoldsOption = flag({
  description: 'refuse data with gold answers that do not parse or do not equal themselves',
});

export function temperatureOption(fallback: number) {
  return decimal({ valueName: 'T', description: '0 is greedy', fallback, minimum: 0, maximum: 5 });
}

export function maxTokensOption(fallback: number) {
  return integer({ description: 'longest completion in tokens', fallback, minimum: 1, maximum: 1_000_000 });
}

export function countOption(description: string, fallback: number) {
  return integer({ valueName: 'K', description, fallback, minimum: 1, maximum: 1_000_000 });
}

export const topPOption = decimal({
  valueName: 'P',
  description: 'draw from the likeliest tokens that make up this share',
  fallback: 1,
  minimum: 0.001,
  maximum: 1,
});

export const promptsOption = text({
  valueName: 'NAME',
  description: 'prompt set in configs/prompts; the one made for the model when left out',
});

/** What a data set card is told by whoever publishes the set. */
export const cardOptions = {
  licence: text({
    valueName: 'NAME',
    description: 'licence of the set, as hubs call it (cc-by-4.0, mit, …); other when left out',
  }),
  title: text({ description: 'title of the card; the file’s name when left out' }),
};

export const testsOption = texts({
  valueName: 'FILE',
  description: `test set that no row may overlap with (${overlapWords} words in a row); may be given again`,
});

/** `--dataset` names the rules of a data set: its row types and its grader. */
export const datasetWords = ['pocket', 'gsm8k', 'math'] as const;
