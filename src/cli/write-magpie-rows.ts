import type { JsonObject } from '../storage/read-jsonl.js';
import type { Terminal } from './show/terminal.js';
import { toJson } from './show/to-json.js';
import { writeRows } from './write-rows.js';

/**
 * Puts the rows where they belong: to `--out` or stdout as JSON lines, or into the run directory as a file of type `type` named as the
 * original names it. Returns the file's name.
 */
export async function writeMagpieRows({
  rows,
  values: { run: directory, out },
  stage,
  type,
  settings,
  summary,
  terminal,
}: {
  rows: readonly object[];
  values: { readonly run: string | undefined; readonly out: string | undefined };
  stage: string;
  type: string;
  settings: object;
  summary: object;
  terminal: Terminal;
}): Promise<void> {
  if (directory === undefined || out !== undefined) {
    await writeRows({ rows, out, terminal });
    // stdout holds rows alone
    if (out !== undefined) terminal.row({ ...summary, file: out });
    return;
  }
  const { withRun } = await import('../runs/with-run.js');
  const { outputName } = await import('../magpie/rows/output-name.js');
  const { rowGenerator } = await import('../magpie/rows/row-generator.js');
  await withRun({ directory, stage, config: toJson(settings) }, async (run) => {
    const file = await outputName({
      run,
      model: rowGenerator(rows[0] as JsonObject | undefined) ?? 'model',
      count: rows.length,
      type,
    });
    await run.writeArray(file, rows);
    const row = { ...summary, file };
    await run.finish(toJson(row));
    terminal.row(row);
  });
}
