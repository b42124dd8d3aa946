import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.MATHPIE_SHARED_DATA ?? join(import.meta.dirname, '../../../../shared/data');
const file = join(folder, 'math/gold-answers.json');

/** The distinct gold answers of MATH's test problems, where they are at hand; undefined elsewhere. */
export const mathGolds: readonly string[] | undefined = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as string[]).map((gold) => gold.replace(/\s+/g, ' ').trim())
  : undefined;
