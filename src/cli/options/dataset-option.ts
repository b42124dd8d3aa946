import { choice } from '../declare/option.js';

/** The format of `--data`; the words are `formatNames`. */
export const datasetOption = choice({
  description: 'the format of the data; recognised from its fields when left out',
  words: ['mathpie', 'gsm8k', 'math', 'math500', 'metamath-gsm8k', 'metamath-math', 'metamathqa', 'alpaca'],
  fallback: undefined,
});
