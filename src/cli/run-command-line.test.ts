import { describe, expect, it } from 'vitest';
import { InputError } from '../errors.js';
import { commands as allCommands } from './commands.js';
import { type Command, defineCommand } from './declare/command.js';
import { choice, decimal, flag, integer, requiredText } from './declare/option.js';
import { runCommandLine } from './run-command-line.js';

const seen: unknown[] = [];
const grow = defineCommand({
  name: 'magpie grow',
  summary: 'Grow something',
  usage: 'FILE --run DIR [options]',
  positionals: ['FILE'],
  options: {
    run: requiredText({ valueName: 'DIR', description: 'run directory' }),
    count: integer({ description: 'how many', fallback: 5, minimum: 1 }),
    temperature: decimal({ description: '0 is greedy', fallback: 0.7, minimum: 0, maximum: 2 }),
    technique: choice({ description: 'which way', words: ['answers', 'rephrase'], fallback: undefined }),
    'skip-bad': flag({ description: 'go on' }),
  },
  run: async ({ values, positionals, terminal }) => {
    seen.push({ ...values, positionals });
    terminal.row({ done: true });
    terminal.note('Grown');
  },
});
const fails =
  (error: unknown): Command['run'] =>
  async () => {
    throw error;
  };
const simple = { summary: '', usage: '', options: {}, positionals: [], examples: [] };
const commands: readonly Command[] = [
  grow,
  { ...simple, name: 'magpie rank', run: async () => undefined },
  { ...simple, name: 'refuse', run: fails(new InputError('Cannot do it:\n  no way; try another')) },
  { ...simple, name: 'break', run: fails(new TypeError('x is not a function')) },
];

async function run(words: string, { signal = new AbortController().signal } = {}) {
  const text = { stdout: '', stderr: '' };
  const writer = (name: keyof typeof text) => ({ write: (part: string) => (text[name] += part) });
  const exitCode = await runCommandLine({
    words: words.split(' ').filter((word) => word !== ''),
    stdout: writer('stdout'),
    stderr: writer('stderr'),
    signal,
    commands,
  });
  return { exitCode, ...text };
}

describe('runCommandLine()', () => {
  it('gives values their types and defaults', async () => {
    const { exitCode, stdout, stderr } = await run('magpie grow a.jsonl --run r --count=7 --technique rephrase');
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '{"done":true}\n', stderr: 'Grown\n' });
    expect(seen.pop()).toMatchObject({
      run: 'r',
      count: 7,
      temperature: 0.7,
      technique: 'rephrase',
      'skip-bad': false,
      positionals: ['a.jsonl'],
    });
  });

  it('is silent with --quiet but for the rows', async () => {
    expect(await run('magpie grow a --run r --quiet')).toEqual({ exitCode: 0, stdout: '{"done":true}\n', stderr: '' });
  });

  it.each([
    ['grow a', 'Cannot run "grow": there is no such command; see mathpie --help'],
    ['magpie gorw a', 'Cannot run "magpie gorw": there is no such command (nearest: magpie grow); see mathpie --help'],
    [
      'magpie fly',
      'Cannot run "magpie fly": there is no such command (there are: magpie grow, magpie rank); see mathpie --help',
    ],
    ['magpie', 'Cannot run mathpie magpie: choose one of magpie grow, magpie rank; see mathpie --help'],
    ['refus', 'Cannot run "refus": there is no such command (nearest: refuse); see mathpie --help'],
    [
      'magpie grow a --run r --cuont 3',
      'Cannot run mathpie magpie grow: there is no flag --cuont (nearest: --count); see mathpie magpie grow --help',
    ],
    [
      'magpie grow a --run r --zzzzzz',
      'Cannot run mathpie magpie grow: there is no flag --zzzzzz; see mathpie magpie grow --help',
    ],
    ['magpie grow a --run r -x', 'Cannot run mathpie magpie grow: there is no flag -x; see mathpie magpie grow --help'],
    [
      'magpie grow a --run r --count',
      'Cannot run mathpie magpie grow: --count needs a value (N); see mathpie magpie grow --help',
    ],
    [
      'magpie grow a --run --count 3',
      'Cannot run mathpie magpie grow: --run needs a value (DIR); see mathpie magpie grow --help',
    ],
    [
      'magpie grow a --run r --skip-bad=yes',
      'Cannot run mathpie magpie grow: --skip-bad takes no value; see mathpie magpie grow --help',
    ],
    ['magpie grow a', 'Cannot run mathpie magpie grow: --run DIR is missing; see mathpie magpie grow --help'],
    ['magpie grow --run r', 'Cannot run mathpie magpie grow: FILE is missing; see mathpie magpie grow --help'],
    [
      'magpie grow a b --run r',
      'Cannot run mathpie magpie grow: "b" is one word too many; see mathpie magpie grow --help',
    ],
    ['magpie grow a --run r --count 0', 'Cannot use --count "0": give a whole number of 1 or more'],
    ['magpie grow a --run r --count 1.5', 'Cannot use --count "1.5": give a whole number of 1 or more'],
    ['magpie grow a --run r --temperature -1', 'Cannot use --temperature "-1": give a number from 0 to 2'],
    ['magpie grow a --run r --temperature warm', 'Cannot use --temperature "warm": give a number from 0 to 2'],
    [
      'magpie grow a --run r --technique rephras',
      'Cannot use --technique "rephras": choose one of answers, rephrase (nearest: rephrase)',
    ],
    ['refuse', 'Cannot do it: no way; try another'],
  ])('%s: one line and exit code 2', async (words, line) => {
    expect(await run(words)).toEqual({ exitCode: 2, stdout: '', stderr: `${line}\n` });
  });

  it('hints at --debug for a fault of its own, and shows the stack with it', async () => {
    expect(await run('break')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'Unexpected TypeError: x is not a function; repeat with --debug to see where it happened\n',
    });
    expect((await run('break --debug')).stderr).toMatch(/there is no flag|\n\s+at /);
  });

  it.each([
    ["refuse --quiet it's", `nothing is kept, the same command begins anew: mathpie refuse --quiet 'it'\\''s'`],
    ["refuse it's --run=r", `what is done is kept, continue with the same command: mathpie refuse 'it'\\''s' --run=r`],
  ])('says of %j how to go on when it was stopped', async (words, said) => {
    const stopped = await run(words, { signal: AbortSignal.abort() });
    expect(stopped).toEqual({ exitCode: 130, stdout: '', stderr: `Stopped; ${said}\n` });
  });

  it.each([
    ['', 'Usage: mathpie COMMAND [options]'],
    ['--help', 'magpie grow  Grow something'],
    ['magpie --help', 'magpie grow  Grow something'],
    ['magpie grow --help', 'Usage: mathpie magpie grow FILE --run DIR [options]'],
    ['magpie grow --help', '--count N        how many (default 5)'],
    ['magpie grow --help', '--technique WORD    which way (answers|rephrase)'],
    ['magpie grow --help', '--run DIR           run directory (required)'],
  ])('%s shows help', async (words, part) => {
    const { exitCode, stdout, stderr } = await run(words);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.replace(/ +/g, ' ')).toContain(part.replace(/ +/g, ' '));
  });
});

describe('the commands', () => {
  it.each(allCommands.map((command) => [command.name, command] as const))('%s explains itself', (_, command) => {
    expect(command.summary).toMatch(/^[A-Z].*[^.]$/);
    for (const { description, isRequired } of Object.values(command.options)) {
      expect(description).not.toBe('');
      expect(isRequired).toBeTypeOf('boolean');
    }
    for (const example of command.examples) expect(example).toMatch(new RegExp(`^mathpie ${command.name}`));
  });

  it('have names of their own', () => {
    const names = allCommands.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
