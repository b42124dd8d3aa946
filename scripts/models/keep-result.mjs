import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What `work` gives, from `file` where it was made with the same settings before: a measurement that ended is not done again. */
export async function keepResult(file, settings, work) {
  if (existsSync(file)) {
    const kept = JSON.parse(readFileSync(file, 'utf8'));
    if (JSON.stringify(kept.settings) === JSON.stringify(settings)) return kept.result;
  }
  const result = await work();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, `${JSON.stringify({ settings, result }, null, 2)}\n`);
  renameSync(`${file}.part`, file);
  return result;
}
