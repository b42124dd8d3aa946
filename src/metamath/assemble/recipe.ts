import { z } from 'zod';
import type { ExtractionRule } from '../../answers/extract/extract-answer.js';
import { type EquivalenceRule, type Strength, strengths } from '../../answers/parse/verdict.js';
import { describeSchemaIssue } from '../../describe-schema-issue.js';
import { InputError } from '../../errors.js';
import { duplicateSimilarity } from '../../selection/duplicate-similarity.js';
import { overlapWords } from '../../selection/overlap-words.js';
import { readRecipeFile } from '../../storage/recipe-files.js';

/** What is to be assembled, as data: `configs/recipes/NAME.json`. docs/assembling.md explains each choice. */
export type AssemblyRecipe = {
  readonly name: string;
  readonly version: number;
  readonly description: string;
  readonly seed: number;
  /** Rows wanted of each type. `ending`: `hashes` puts GSM8K's `#### N` before the line "The answer is: N". */
  readonly types: Readonly<Record<string, { readonly rows: number; readonly ending: 'answer' | 'hashes' }>>;
  readonly verified: {
    /** How an answer must have been found in the response. */
    readonly extraction: readonly (ExtractionRule | 'given' | 'preset')[];
    /** By which rule it must have been found equal to its gold. */
    readonly equivalence: readonly string[];
    /** The least strength of a verdict; rows that bring none of their own are graded again where it is more than `policy`. */
    readonly strength: Strength;
    /** Whether every line of work has to hold that can be computed (`mathpie/answers`, checkSteps). */
    readonly steps: 'any' | 'hold';
    /** Rows without a verdict: graded now where they have a gold answer (and dropped where not), dropped, or kept unchecked. */
    readonly ungraded: 'grade' | 'drop' | 'keep';
  };
  readonly duplicates: {
    /** What is compared; `none` leaves near-duplicates in. Exact ones always go. */
    readonly compare: 'query+response' | 'query' | 'none';
    readonly threshold: number;
    readonly shingleWords: number;
    readonly quantities: 'must-match' | 'ignored';
  };
  readonly decontamination: {
    /** Length of the shared run of words that counts as leaked. */
    readonly words: number;
    readonly fields: readonly ('query' | 'original_question' | 'response')[];
  };
};

const extractionRules = [
  ...([
    'boxed',
    'answer-is',
    'hashes',
    'answer-mark',
    'whole-text',
    'bold',
    'conclusion',
    'formula',
    'number',
    'choice',
  ] as const),
  ...(['short-text', 'given', 'preset'] as const),
] satisfies (ExtractionRule | 'given' | 'preset')[];

/** Rules that can accept an answer. */
const equivalenceRules = [
  ...([
    'same-text',
    'exact-number',
    'exact-form',
    'unit',
    'degrees',
    'base',
    'ratio',
    'time',
    'date',
    'choice',
  ] as const),
  ...(['list', 'set', 'tuple', 'matrix', 'cases', 'interval', 'equation', 'inequality'] as const),
  ...(['sampled', 'high-precision', 'rounded-decimal', 'tolerance', 'percent', 'text', 'unreduced'] as const),
] satisfies EquivalenceRule[];

/** Only answers that the response states as such, and only equality that no rounding, sampling or guess had a part in. */
const safeExtraction = ['boxed', 'answer-is', 'hashes', 'answer-mark'] as const;
const safeEquivalence = equivalenceRules.slice(0, equivalenceRules.indexOf('sampled'));

/** What a recipe's file may hold; docs and the published JSON Schema are readings of it. */
export const assemblySchema = z.strictObject({
  name: z.string().min(1),
  version: z.int().positive(),
  description: z.string().min(1),
  seed: z.int().min(0).default(0),
  types: z
    .record(
      z.string(),
      z.strictObject({ rows: z.int().positive(), ending: z.enum(['answer', 'hashes']).default('answer') }),
    )
    .refine((types) => Object.keys(types).length > 0, 'no type is named')
    .refine((types) => Object.keys(types).every((name) => name.trim() !== ''), 'the name of a type is empty'),
  verified: z
    .strictObject({
      extraction: z
        .array(z.enum(extractionRules))
        .min(1)
        .default([...safeExtraction]),
      equivalence: z
        .array(z.enum([...equivalenceRules, 'metamath-gsm8k', 'metamath-math']))
        .min(1)
        .default(safeEquivalence),
      strength: z.enum(strengths).default('policy'),
      steps: z.enum(['any', 'hold']).default('any'),
      ungraded: z.enum(['grade', 'drop', 'keep']).default('grade'),
    })
    .prefault({}),
  duplicates: z
    .strictObject({
      compare: z.enum(['query+response', 'query', 'none']).default('query+response'),
      threshold: z.number().gt(0).max(1).default(duplicateSimilarity),
      shingleWords: z.int().min(1).max(20).default(3),
      quantities: z.enum(['must-match', 'ignored']).default('must-match'),
    })
    .prefault({}),
  decontamination: z
    .strictObject({
      words: z.int().min(8).max(13).default(overlapWords),
      fields: z
        .array(z.enum(['query', 'original_question', 'response']))
        .min(1)
        .default(['query', 'original_question']),
    })
    .prefault({}),
});

/** Loads a recipe from a file, or by its name from configs/recipes. Throws `InputError` that names file and key. */
export function loadRecipe(nameOrFile: string): AssemblyRecipe {
  const { file, value } = readRecipeFile(nameOrFile, ['assemble']);
  return parseRecipe(value, { file });
}

/** Reads a recipe under a strict schema: an unknown key is refused, and the nearest known one named. */
export function parseRecipe(value: unknown, { file }: { readonly file: string }): AssemblyRecipe {
  const fault = describeSchemaIssue(assemblySchema, value);
  if (fault !== undefined) {
    throw new InputError(`Cannot use recipe ${file}: ${fault}; correct it, docs/assembling.md lists every key`, {
      file,
    });
  }
  return assemblySchema.parse(value);
}
