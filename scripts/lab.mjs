import './prepare/check-node.mjs';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { copyNotebooks } from './notebook/copy-notebooks.mjs';
import { home, notebookVenv, venvPython } from './prepare/paths.mjs';
import { runMain } from './prepare/setup-error.mjs';
import { jupyterEnvironment } from './prepare/write-kernel-spec.mjs';
import { prepare } from './prepare.mjs';

/** What a newcomer should see first. */
const firstNotebook = 'demo_production.ipynb';

/**
 * `mathpie lab`: JupyterLab on this folder (of an installed package: on the one where it was typed) with our kernel, on a working copy of the first notebook; words after the command go
 * on to JupyterLab instead.
 */
runMain(async () => {
  const words = process.argv.slice(2);
  await prepare();
  const copies = copyNotebooks();
  const opened = words.length === 0 ? [path.join(copies, firstNotebook)] : [];
  process.stderr.write(
    `The notebooks are working copies in ${path.relative(home, copies)}; those in notebooks/ stay as they are\n`,
  );
  const isRoot = process.getuid?.() === 0 && !words.includes('--allow-root');
  if (isRoot)
    process.stderr.write(
      'You are root, and so is JupyterLab: good in a container of your own; whoever has the address below may do all\n',
    );
  const args = ['-m', 'jupyterlab', `--ServerApp.root_dir=${home}`, ...opened, ...words];
  if (isRoot) args.push('--allow-root');
  const child = spawn(venvPython(notebookVenv), args, {
    cwd: home,
    env: { ...process.env, ...jupyterEnvironment() },
    stdio: 'inherit',
  });
  process.on('SIGINT', () => {}); // JupyterLab asks whether to stop; we end when it does
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve(code === null ? 1 : code));
  });
});
