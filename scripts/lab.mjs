import './prepare/check-node.mjs';
import { spawn } from 'node:child_process';
import { inRoot, isThere, notebookVenv, root, venvPython } from './prepare/paths.mjs';
import { runMain } from './prepare/setup-error.mjs';
import { jupyterEnvironment } from './prepare/write-kernel-spec.mjs';
import { prepare } from './prepare.mjs';

const firstNotebook = ['notebooks', 'demo_production.ipynb'];

/** `mathpie lab`: JupyterLab on this folder with our kernel; words after the command go on to JupyterLab. */
runMain(async () => {
  const words = process.argv.slice(2);
  await prepare();
  const opened = words.length === 0 && isThere(...firstNotebook) ? [inRoot(...firstNotebook)] : [];
  const args = ['-m', 'jupyterlab', `--ServerApp.root_dir=${root}`, ...opened, ...words];
  const child = spawn(venvPython(notebookVenv), args, {
    cwd: root,
    env: { ...process.env, ...jupyterEnvironment() },
    stdio: 'inherit',
  });
  process.on('SIGINT', () => {}); // JupyterLab asks whether to stop; we end when it does
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve(code === null ? 1 : code));
  });
});
