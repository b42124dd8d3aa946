import { z } from 'zod';
import { describeSchemaIssue } from '../describe-schema-issue.js';
import { InputError } from '../errors.js';
import { techniques } from '../metamath/augmented-row.js';
import { readRecipeFile } from '../storage/recipe-files.js';

/** Where the rows of an arm come from: the problems' own solutions, or one of MetaMath's techniques. */
export const rowSources = ['originals', ...techniques] as const;
export type RowSource = (typeof rowSources)[number];

/** What decides that a grown answer may be learnt: the gold answer, the vote of the question's answers, or nothing. */
export const answerChecks = ['graded', 'majority', 'ungraded'] as const;
export type AnswerCheck = (typeof answerChecks)[number];

/** What is the same for arms that are compared: rows, or tokens. */
export const budgets = ['rows', 'tokens'] as const;
export type Budget = (typeof budgets)[number];

const repeats = (says: string, fallback: number) => z.int().min(1).max(1000).default(fallback).describe(says);

/** What the file of an ablation may hold; the published JSON Schema is a reading of it. */
export const ablationSchema = z.strictObject({
  name: z.string().regex(/^[\w][\w.-]*$/),
  version: z.int().positive(),
  description: z.string().min(1).describe('one line: what it compares, and how long it takes on what machine'),
  seed: z.int().min(0).max(1e6).default(1).describe('of the first seed; the next ones follow'),
  seeds: z.int().min(1).max(20).default(1).describe('problems, answers and trainings drawn anew so many times'),
  teacher: z.string().min(1).default('pocket').describe('the model that rephrases and answers'),
  student: z
    .string()
    .min(1)
    .default('student')
    .describe('the model that is trained: ours, a folder, or vllm:FOLDER with settings of the engine that asks it'),
  prompts: z
    .strictObject({
      teacher: z.string().min(1).optional(),
      student: z.string().min(1).optional().describe('as it is trained: by default the question alone (bare)'),
    })
    .default({})
    .describe('prompt sets that are not the usual ones'),
  training: z.string().min(1).default('sft-student').describe('a recipe of train sft'),
  epochs: z.int().min(1).max(100).optional().describe('passes over the rows, instead of those of the training'),
  data: z
    .strictObject({
      train: z.string().min(1).describe('a file of problems with answers, drawn from for each seed'),
      test: z.string().min(1).describe('a file of held-out problems, taken from its beginning'),
      dataset: z.enum(['gsm8k', 'math']).describe('names the rows (GSM_AnsAug) and chooses the prompts'),
    })
    .optional()
    .describe('problems of files, instead of the pocket grammar’s'),
  problems: z.int().min(5).max(100_000).describe('train problems for each seed'),
  rows: z.int().min(8).max(1_000_000).describe('rows of each arm'),
  lastLine: z
    .enum(['kept', 'assembled'])
    .default('kept')
    .describe('of the responses: as it was written, or MetaMathQA’s, as assemble writes it, without a full stop'),
  grow: z
    .strictObject({
      answers: repeats('answers a problem', 4),
      rephrase: repeats('rephrasings a problem, each answered once', 2),
      'self-verification': repeats('answers a backward question', 1),
      fobar: repeats('answers a backward question', 1),
      maxBackward: repeats('backward questions a problem, at most', 2),
      temperature: z.number().min(0).max(5).default(0.9),
      maxTokens: z.int().min(16).max(100_000).default(380),
    })
    .prefault({}),
  test: z.strictObject({
    problems: z.int().min(10).max(100_000).describe('held-out problems'),
    backward: z.int().min(0).max(100_000).default(0).describe('backward questions made of the first so many of them'),
    seed: z.int().min(0).max(1e6).default(1),
    maxTokens: z.int().min(16).max(100_000).default(380),
  }),
  arms: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[\w+][\w +.,-]*$/, 'use letters, digits, blanks and + . , -'),
        of: z
          .partialRecord(z.enum(rowSources), z.number().positive())
          .describe('shares of the rows by where they come from; empty: no training'),
        check: z.array(z.enum(answerChecks)).min(1).default(['graded']).describe('several: an arm for each'),
        planted: z
          .array(z.number().min(0).max(0.9))
          .min(1)
          .default([0])
          .describe('shares of the answers that are made wrong before they are checked; several: an arm for each'),
        equal: z.array(z.enum(budgets)).min(1).default(['rows']).describe('several: an arm for each'),
        rows: z
          .array(z.int().min(8).max(1_000_000))
          .min(1)
          .optional()
          .describe('instead of those of the recipe; several: an arm for each'),
      }),
    )
    .min(2),
  measured: z
    .strictObject({
      discordance: z.number().gt(0).max(1).describe('share of the questions that two arms answer differently'),
      seedDiscordance: z.number().min(0).max(1).describe('the same of one arm under two seeds'),
      source: z.string().min(1),
    })
    .optional()
    .describe('what the smallest difference is reckoned from until arms of the run itself tell'),
});

export type AblationRecipe = z.output<typeof ablationSchema>;

/** Loads an ablation from a file, or by its name from configs/recipes/ablation. Throws `InputError` that names file and key. */
export function loadAblation(nameOrFile: string): AblationRecipe {
  const { file, value } = readRecipeFile(nameOrFile, ['ablation']);
  return parseAblation(value, { file });
}

/** Reads an ablation under a strict schema: an unknown key is refused, and the nearest known one named. */
export function parseAblation(value: unknown, { file }: { readonly file: string }): AblationRecipe {
  const fault = describeSchemaIssue(ablationSchema, value);
  if (fault !== undefined)
    throw new InputError(`Cannot use recipe ${file}: ${fault}; correct it, docs/ablation.md explains the keys`, {
      file,
    });
  return ablationSchema.parse(value);
}
