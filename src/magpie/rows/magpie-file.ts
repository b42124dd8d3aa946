import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../errors.js';

/** `Magpie_{model}_{count}_{timestamp}_{type}.json`; the timestamp is in unix seconds. */
export function magpieFileName({
  model,
  count,
  startedAt,
  type,
}: {
  model: string;
  count: number;
  startedAt: Date;
  type: string;
}): string {
  return `Magpie_${modelLabel(model)}_${count}_${unixSeconds(startedAt)}_${type}.json`;
}

/** The name of the same run's file of another type: `…_ins.json` to `…_ins_res.json`. */
export function siblingFileName(fileName: string, type: string): string {
  return fileName.replace(/_(?:ins|Align|filtered)[^/\\]*\.json$/, `_${type}.json`);
}

export function unixSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

/** The part of a model string that names the model: no folder, host, engine or extension. */
export function modelLabel(model: string): string {
  const name = model.includes('#') ? model.slice(model.indexOf('#') + 1) : model.replace(/^[a-z]+:(?=[^/\\]|\/)/, '');
  const last = name.split(/[/\\]/).filter(Boolean).at(-1) ?? 'model';
  return last.replace(/\.gguf$/i, '').replace(/[^A-Za-z0-9.-]+/g, '-') || 'model';
}

/** Reads a run directory's file of one type (`ins`, `ins_res`, `Align`, …). Throws `InputError` when there is none. */
export async function readMagpieFile<Row extends object>({
  directory,
  type,
}: {
  directory: string;
  type: string | RegExp;
}): Promise<{ fileName: string; rows: readonly Row[] }> {
  const names = await readdir(directory).catch(() => [] as string[]);
  const pattern = typeof type === 'string' ? new RegExp(`^Magpie_.+_[0-9]+_${type}\\.json$`) : type;
  const fileName = names
    .filter((name) => pattern.test(name))
    .sort()
    .at(-1);
  if (fileName === undefined) {
    throw new InputError(
      `Cannot find a Magpie file of type "${typeof type === 'string' ? type : type.source}" in ${directory}; run the step before it on the same --run directory`,
      { file: directory },
    );
  }
  const file = join(directory, fileName);
  const rows: unknown = parse(await readFile(file, 'utf8'), file);
  if (!Array.isArray(rows)) throw new InputError(`Cannot use ${file}: not a JSON array of rows`, { file });
  return { fileName, rows: rows as Row[] };
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(`Cannot use ${file}: not JSON; delete it and run its step again`, { file, cause });
  }
}
