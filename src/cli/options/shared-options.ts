/** Flags that several commands share, each described once. */

import { parsePolicy, policyAssignments } from '../../answers/parse/parse-policy.js';
import type { Language } from '../../language/translate.js';
import { flag, integer, requiredText, settings, text } from '../declare/option.js';

/** What a model string may be. */
export const modelWords =
  'pocket, student, gguf:FILE, hf:OWNER/REPO:Q4_K_M, ollama:NAME, vllm:OWNER/NAME, vllm:FOLDER, FOLDER (a trained model), openai:NAME, anthropic:NAME, gemini:NAME, openrouter:NAME, http://HOST:PORT/v1#NAME or replay:FILE, options behind it as ?effort=low; keys come from the environment';

/** Commands that ask a model, or show one's entry, know those of a table of one's own. */
export const modelsOption = text({
  valueName: 'FILE',
  description: 'models of your own, in the form of configs/model_configs.json; mathpie.models.json where it lies',
});

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

/** The language of prompts: the one that all problems are to be in, English where they are mixed. */
export const promptLanguage = (words: unknown): Language => (words === 'ja' ? 'ja' : 'en');

export const policyOption = settings({
  description: 'departs from the default policy, such as percent=number; may be given again; see docs/grading.md',
  offers: policyAssignments,
  read: (assignment) => parsePolicy([assignment]),
});
