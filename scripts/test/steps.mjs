/** The steps of `npm run check` and `npm test`: format, types, unit and slow tests, those of python-gpu. */

import { availableParallelism } from 'node:os';
import path from 'node:path';
import { inCache, inRoot, trainingVenv, venvPython } from '../prepare/paths.mjs';
import { readPytestReport } from './read-pytest-report.mjs';
import { readVitestReport } from './read-vitest-report.mjs';
import { runStep } from './run-step.mjs';

/** A step uses one processor; what it starts besides may use the others. */
export const stepsAtOnce = Math.max(2, availableParallelism());

const inModules = (...parts) => [process.execPath, inRoot('node_modules', ...parts)];

/** The steps that more than one command has. Each is {title, run(step)}; `step` tells how it goes, as showSteps does. */
export const lint = command('Format and lint', {
  command: inModules('@biomejs', 'biome', 'bin', 'biome'),
  args: ['check', '.'],
});

export const types = command('Types', {
  command: inModules('typescript', 'bin', 'tsc'),
  args: ['-p', 'tsconfig.test.json'],
});

/** The explorer's page is for browsers, and has a configuration of its own. */
export const pageTypes = command('Types of the page', {
  command: inModules('typescript', 'bin', 'tsc'),
  args: ['-p', 'src/display/explorer/page/tsconfig.json'],
});

/** `workers` defaults to half of the processors, for where other steps run beside it. */
export const unitTests = ({ workers } = {}) =>
  vitest('Unit tests', { name: 'unit', args: ['--project', 'unit'], workers });

export const slowTests = vitest('Model, process and command-line tests', { name: 'slow', args: ['--project', 'slow'] });

export const pythonLint = command('Python format and lint', {
  command: [venvPython(trainingVenv)],
  args: ['-m', 'ruff', 'check', '--config', 'python-gpu/pyproject.toml', 'python-gpu', 'scripts', 'bench'],
});

export const pythonTests = pytest('Python tests', { name: 'pytest', venv: trainingVenv });

/** `args` go to vitest. */
export function vitest(title, { name, args, env, workers = Math.max(1, Math.floor(availableParallelism() / 2)) }) {
  const report = inCache('test', `vitest-${name}.json`);
  return command(title, {
    command: inModules('vitest', 'vitest.mjs'),
    args: [
      ...['run', ...args, `--maxWorkers=${workers}`],
      ...['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`],
    ],
    env,
    report,
    read: readVitestReport,
  });
}

/** `marks` is what pytest's `-m` takes; without it the tests that have no mark run. `files`: one of the folder alone. */
export function pytest(title, { name, venv, marks, env, files = '' }) {
  const report = inCache('test', `${name}.xml`);
  return command(title, {
    command: [venvPython(venv)],
    args: [
      ...[
        '-m',
        'pytest',
        '-q',
        '-c',
        'python-gpu/pyproject.toml',
        path.posix.join('python-gpu/tests', files),
        `--junitxml=${report}`,
      ],
      ...(marks === undefined ? [] : ['-m', marks]),
    ],
    env: { HF_HUB_OFFLINE: '1', TOKENIZERS_PARALLELISM: 'false', ...env },
    report,
    read: readPytestReport,
  });
}

function command(title, { command: [program, ...before], args, ...more }) {
  return { title, run: (step) => runStep(title, { command: program, args: [...before, ...args], ...more }, step) };
}
