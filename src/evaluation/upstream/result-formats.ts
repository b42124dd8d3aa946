import type { JsonObject } from '../../storage/read-jsonl.js';
import { everyEvalEver } from './every-eval-ever.js';
import { inspect } from './inspect.js';
import { lighteval } from './lighteval.js';
import { lmEvaluationHarness } from './lm-evaluation-harness.js';
import { mathArena } from './matharena.js';
import { nemoSkills } from './nemo-skills.js';
import { openAiBatch } from './openai-batch.js';
import { openCompass } from './opencompass.js';
import type { ResultFormat } from './upstream-row.js';

/** Every format that is recognised by itself. No object is of two of them: `result-formats.test.ts` holds it. */
export const resultFormats: readonly ResultFormat[] = [
  lmEvaluationHarness,
  lighteval,
  inspect,
  nemoSkills,
  openCompass,
  mathArena,
  everyEvalEver,
  openAiBatch,
];

/** The format of an object; undefined where none knows it. */
export function recogniseResults(value: JsonObject): ResultFormat | undefined {
  return resultFormats.find((format) => format.recognises(value));
}
