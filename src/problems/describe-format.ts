import { named } from '../name-setting.js';
import type { DatasetFormat } from './formats/dataset-format.js';

/** Says how the rows of a data set were read: no format is guessed in silence. */
export function describeFormat(file: string, { title }: DatasetFormat, { isNamed = false } = {}): string {
  return `Read ${file} as ${title}, ${isNamed ? `as ${named('dataset')} says` : 'recognised from its fields'}`;
}
