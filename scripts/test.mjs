import './prepare/check-node.mjs';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { executeNotebook } from './notebook/execute-notebook.mjs';
import { inCache, inRoot, isThere, trainingVenv, venvPython } from './prepare/paths.mjs';
import { runMain } from './prepare/setup-error.mjs';
import { prepare } from './prepare.mjs';
import { readPytestReport } from './test/read-pytest-report.mjs';
import { readVitestReport } from './test/read-vitest-report.mjs';
import { runStep } from './test/run-step.mjs';

/**
 * `npm test`: everything that can be checked on a machine without a GPU. A failed step never stops the ones after it.
 * The last line is `N passed, N failed`: each test counts one, and so do format, types and each executed notebook.
 */
runMain(async () => {
  const startedAt = Date.now();
  const { buildError } = await prepare({ forTests: true, keepGoing: true });
  if (buildError !== undefined) process.stdout.write(`${buildError.message}\n`);
  mkdirSync(inCache('test'), { recursive: true });

  const results = [];
  results.push(
    await runStep('Format and lint', { command: node('@biomejs/biome', 'bin', 'biome'), args: ['check', '.'] }),
  );
  results.push(
    await runStep('Types', { command: node('typescript', 'bin', 'tsc'), args: ['-p', 'tsconfig.test.json'] }),
  );
  results.push(await runVitest());
  results.push(...(await runPython()));
  results.push(...(await runNotebooks()));

  const passed = sum(results.map((result) => result.passed));
  const failed = sum(results.map((result) => result.failed));
  const failures = results.filter((result) => result.failed > 0).map((result) => result.title);
  const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
  process.stdout.write(
    `\nFinished in ${minutes} minutes${failures.length > 0 ? `; look at: ${failures.join(', ')}` : ''}\n`,
  );
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed > 0 || passed === 0 ? 1 : 0;
});

function node(...parts) {
  return [process.execPath, inRoot('node_modules', ...parts)];
}

function runVitest() {
  const report = inCache('test', 'vitest.json');
  return runStep('Unit, conformance, kill and command-line tests', {
    command: node('vitest', 'vitest.mjs'),
    args: ['run', 'src/', 'scripts/', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    report,
    read: readVitestReport,
  });
}

async function runPython() {
  if (!isThere('python-gpu', 'requirements-cpu.txt')) return [];
  const python = [venvPython(trainingVenv)];
  const lint = await runStep('Python format and lint', {
    command: python,
    args: ['-m', 'ruff', 'check', '--config', 'python-gpu/pyproject.toml', 'python-gpu', 'scripts', 'bench'],
  });
  if (!isThere('python-gpu', 'tests')) return [lint];
  const report = inCache('test', 'pytest.xml');
  const tests = await runStep('Python tests', {
    command: python,
    args: ['-m', 'pytest', '-q', '-c', 'python-gpu/pyproject.toml', 'python-gpu/tests', `--junitxml=${report}`],
    env: { HF_HUB_OFFLINE: '1', TOKENIZERS_PARALLELISM: 'false' },
    report,
    read: readPytestReport,
  });
  return [lint, tests];
}

async function runNotebooks() {
  const names = isThere('notebooks') ? readdirSync(inRoot('notebooks')).filter((name) => name.endsWith('.ipynb')) : [];
  const results = [];
  for (const name of names.sort()) {
    process.stdout.write(`\nNotebook ${name}\n`);
    const { isDone, exitCode } = await executeNotebook({
      notebook: inRoot('notebooks', name),
      out: inCache('test', name),
      write: (text) => process.stdout.write(text),
    });
    if (exitCode === 130) throw new Error('Stopped');
    results.push({ title: `notebook ${path.basename(name)}`, passed: isDone ? 1 : 0, failed: isDone ? 0 : 1 });
  }
  return results;
}

const sum = (counts) => counts.reduce((total, count) => total + count, 0);
