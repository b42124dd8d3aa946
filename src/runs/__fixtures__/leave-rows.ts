import { withRun } from '../with-run.js';

/** A run directory in which a stage has finished that left these rows. */
export async function leaveRows(
  directory: string,
  {
    stage,
    rows,
    config = {},
  }: { stage: string; rows: { readonly [artifact: string]: readonly object[] }; config?: object },
): Promise<void> {
  await withRun({ directory, stage, config: { ...config } }, async (run) => {
    for (const [name, found] of Object.entries(rows)) {
      await run.leave({ name, file: name === 'verdicts' ? 'ranked.jsonl' : `Magpie_pocket_2_9_${name}.json` }, found);
    }
    await run.finish({});
  });
}
