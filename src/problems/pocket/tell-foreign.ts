import type { Problem } from '../problem.js';
import { recognizePocket } from './recognize.js';

/** What the grammar's families are about, ten kinds in the words of a teacher. */
const kinds = [
  'buying and paying',
  'boxes, shelves and packs',
  'saving and earning',
  'sharing in a ratio',
  'percent, tips and interest',
  'speed, distance and time',
  'areas and fences',
  'outfits, teams and dice',
  'ages and secret numbers',
  'multiples, divisors and sequences',
];

/** A model that solves everyday problems and runs on a laptop; its size is that of its file. */
const smallModel = { name: 'hf:Qwen/Qwen2.5-1.5B-Instruct-GGUF:Q4_K_M', size: '1.1 GB, fetched once' };

/** More than these are not looked at: the share is what counts. */
const mostRead = 200;

/**
 * What to say of problems that our own small models do not know: they speak the grammar's few kinds of stories, and guess at
 * all others. Undefined for other models, and where they know all.
 */
export function tellForeign(problems: readonly Problem[], { model }: { readonly model: string }): string | undefined {
  if (model !== 'pocket' && model !== 'student') return undefined;
  const read = problems.slice(0, mostRead);
  const foreign = read.filter(({ question }) => recognizePocket(question) === undefined);
  if (foreign.length === 0) return undefined;
  const count = `${foreign.length} of ${read.length === problems.length ? '' : 'the first '}${read.length} problems`;
  return `${count} are of no kind that ${model} knows, and it guesses at them. It knows ${kinds.join('; ')}. For any other, name another model, such as ${smallModel.name} (${smallModel.size})`;
}
