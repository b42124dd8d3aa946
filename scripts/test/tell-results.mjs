/**
 * The end of a test run: what failed and what it said, the minutes, and as the last line `N passed, N failed`. Returns the exit
 * code: 1 where something failed or nothing ran.
 */
export function tellResults(results, { startedAt, write = (text) => process.stdout.write(text) }) {
  const failures = results.filter(({ failed }) => failed > 0);
  for (const { title, output } of failures) if (output) write(`\n${title}\n${output.trimEnd()}\n`);
  // Many steps may lack the same ground.
  for (const message of new Set(failures.flatMap(({ error }) => (error === undefined ? [] : [describe(error)])))) {
    write(`\n${message}\n`);
  }
  const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
  const titles = failures.map(({ title }) => title).join(', ');
  write(`\nFinished in ${minutes} minutes${failures.length > 0 ? `; look at: ${titles}` : ''}\n`);
  const [passed, failed] = ['passed', 'failed'].map((key) => results.reduce((sum, result) => sum + result[key], 0));
  write(`${passed} passed, ${failed} failed\n`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

const describe = (error) => (error.name === 'SetupError' ? error.message : String(error.stack ?? error));
