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
