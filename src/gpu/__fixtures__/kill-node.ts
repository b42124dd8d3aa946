import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { packagePath } from '../../package-root.js';
import type { GpuEvent } from '../events.js';
import type { runPython } from '../run-python.js';

/** Runs a script from a Node of its own, which is killed (SIGKILL) as soon as there are so many events; then waits for the script's last event. Returns all. */
export async function killNode(
  options: Omit<Parameters<typeof runPython>[0], 'signal'>,
  afterEvents: number,
): Promise<readonly GpuEvent[]> {
  const code = `const { runPython } = await import(${JSON.stringify(packagePath('dist', 'gpu', 'run-python.js'))});
    await runPython(${JSON.stringify(options)});`;
  const node = spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: 'ignore' });
  const events = (): GpuEvent[] => {
    const file = join(options.run, 'events.jsonl');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
    return lines.map((line) => JSON.parse(line));
  };
  // A library of Python takes seconds to load, and on a busy machine more
  await vi.waitFor(() => expect(events().length).toBeGreaterThanOrEqual(afterEvents), 60_000);
  node.kill('SIGKILL');
  await vi.waitFor(() => expect(events().at(-1)).toMatchObject({ event: 'run-end' }), 30_000);
  return events();
}
