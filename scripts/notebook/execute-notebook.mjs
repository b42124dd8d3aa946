import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { inRoot, notebookVenv, venvPython } from '../prepare/paths.mjs';
import { jupyterEnvironment } from '../prepare/write-kernel-spec.mjs';
import { showCells } from './show-cells.mjs';

const defaultTimeoutSeconds = 900;
const graceMs = 5000;

/**
 * Runs a notebook from top to bottom in a fresh kernel and writes the executed copy to `out`; nothing is prepared here.
 * `environment` is added to that of the kernel.
 * Resolves to {isDone, exitCode, out, seconds, errorText}: a failed cell is shown and is exitCode 1, Ctrl-C is 130.
 */
export async function executeNotebook({
  notebook,
  out,
  timeoutSeconds = defaultTimeoutSeconds,
  write,
  environment = {},
  byChapter = false,
}) {
  const child = spawn(
    venvPython(notebookVenv),
    [inRoot('scripts', 'execute_notebook.py'), notebook, out, String(timeoutSeconds)],
    {
      cwd: path.dirname(notebook),
      env: { ...process.env, ...jupyterEnvironment(), ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  const cells = showCells({ write, byChapter });
  let last = {};
  let complaints = '';
  let isStopped = false;

  const stop = () => {
    isStopped = true;
    child.kill('SIGTERM'); // the driver shuts the kernel down and ends
    setTimeout(() => child.kill('SIGKILL'), graceMs).unref();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  child.stderr.on('data', (chunk) => {
    complaints = (complaints + chunk).slice(-8000);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = readEvent(line);
    if (event === undefined) return;
    last = event;
    if (!isStopped) cells.show(event);
  });
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('close', (exitCode) => resolve(exitCode));
  });
  process.off('SIGINT', stop);
  process.off('SIGTERM', stop);
  cells.end();

  if (isStopped) {
    cells.line('Stopped; nothing was written. The same command starts again, and runs that the notebook made go on');
    return { isDone: false, exitCode: 130, out };
  }
  if (last.event === 'notebook-end' && code === 0) return { isDone: true, exitCode: 0, out, seconds: last.seconds };
  if (last.event !== 'cell-error')
    cells.line(`${complaints.trim()}\nCannot run the notebook: the runner ended with ${code}`);
  return { isDone: false, exitCode: 1, out: last.out, errorText: last.text };
}

function readEvent(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // a stray print of some library
  }
}
