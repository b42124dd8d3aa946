import { choice, flag, integer, text } from './setting.js';

/** Data sets whose row types and graders are known. */
export const datasetWords = ['pocket', 'gsm8k', 'math'] as const;

/** Settings of steps that begin with problems of a file. */
export const problemSettings = {
  data: {
    ...text({
      valueName: 'FILE',
      says: 'problems: JSONL, a JSON array or a folder; {id?, question, answer?, …} or a published format, see docs/datasets.md; or pocket:COUNT, or everyday (30 problems, data/everyday)',
    }),
    isRequired: true,
  },
  skip: integer({ says: 'leave the first N problems out', fallback: undefined, minimum: 0 }),
  limit: integer({
    says: 'use the first N problems alone, of those that are not left out',
    fallback: undefined,
    minimum: 1,
  }),
  skipBad: flag({ says: 'count lines that cannot be used and go on', isBinding: false }),
  strictGolds: flag({
    says: 'refuse data with gold answers that do not parse or do not equal themselves',
    isBinding: false,
  }),
};

export const datasetSetting = choice({
  says: 'names the types of the rows; when left out the format of the data decides: gsm8k, math, else pocket',
  words: datasetWords,
  fallback: undefined,
});
