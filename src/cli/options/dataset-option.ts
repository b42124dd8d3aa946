import { formatNames } from '../../problems/formats/dataset-format.js';
import { choice } from '../declare/option.js';

/** The format of `--data`. */
export const datasetOption = choice({
  description: 'the format of the data; recognised from its fields when left out',
  words: formatNames,
  fallback: undefined,
});
