import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { inRoot } from '../prepare/paths.mjs';

const mark = ['<!-- measured -->', '<!-- /measured -->'];

/** The table of docs/first-hour.md; with `isWritten` it is put there between its marks. */
export function writePage({ steps, results, isWritten, day = new Date().toISOString().slice(0, 10) }) {
  const maker = /AMD|Intel|Apple/.exec(cpus()[0]?.model ?? '')?.[0] ?? 'an unknown maker';
  const taken = steps.filter(({ name }) => results[name] !== undefined);
  const loads = taken.map(({ name }) => results[name].load);
  const minutes = taken.reduce((sum, { name }) => sum + results[name].seconds, 0) / 60;
  const page = [
    `${day}, ${availableParallelism()} processors of ${maker}, Node ${process.versions.node}; packages in npm's and pip's caches; other work beside it, whose load stands in each row (${Math.min(...loads).toFixed(0)} to ${Math.max(...loads).toFixed(0)}; 2 is what two processors can do at once). ${minutes.toFixed(1)} minutes of waiting in all.`,
    '',
    '| | what one types | minutes | load | what one sees |',
    '| --- | --- | --- | --- | --- |',
    ...taken.map((step) => row(step, results[step.name], steps.indexOf(step) + 1)),
  ].join('\n');
  if (isWritten) {
    const file = inRoot('docs', 'first-hour.md');
    const [head, , tail] = readFileSync(file, 'utf8').split(/<!-- \/?measured -->/);
    writeFileSync(file, `${head}${mark[0]}\n\n${page}\n\n${mark[1]}${tail}`);
  }
  return page;
}

function row({ typed, sees }, { seconds, load, facts }, number) {
  const isCommand = /^(?:npm|npx|git) /.test(typed);
  const measured = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  return `| ${number} | ${isCommand ? `\`${typed}\`` : typed} | ${(seconds / 60).toFixed(1)} | ${load.toFixed(0)} | ${[sees, ...measured].join('; ')} |`;
}
