import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../errors.js';
import { named } from '../name-setting.js';
import { addDefaults, readDefaults, tellDefaults } from './read-defaults.js';
import { allCommands, runCommandLine } from './run-command-line.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-defaults-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'mathpie.config.json');
const commands = allCommands();
const written = (text: string) => {
  writeFileSync(file, text);
  return () => readDefaults(commands, file);
};

/** Of the command line `mathpie NAME WORDS`. */
function given(name: string, words: string, defaults: object) {
  const found = written(JSON.stringify(defaults))();
  const command = commands.find((each) => each.name === name);
  if (found === undefined || command === undefined) throw new Error('nothing there');
  return addDefaults(command, words.split(' ').filter(Boolean), found);
}

describe('addDefaults()', () => {
  it.each([
    ['evaluate', '--data a', { model: 'pocket' }, '--model=pocket --data a'],
    ['evaluate', '--model x', { model: 'pocket' }, '--model x'],
    ['evaluate', '--model=x', { model: 'pocket' }, '--model=x'],
    ['assemble', '', { model: 'pocket' }, ''],
    ['evaluate', '', { repeat: 2, evaluate: { repeat: 4 } }, '--repeat=4'],
    ['augment', '', { repeat: 2, evaluate: { repeat: 4 } }, '--repeat=2'],
    ['evaluate', '', { 'skip-bad': true, temperature: 0.7 }, '--skip-bad --temperature=0.7'],
    ['assemble', '', { test: ['a', 'b'] }, '--test=a --test=b'],
    ['evaluate', '', { model: '--a b' }, '--model=--a b'],
    ['evaluate', '--no-cache', { cache: true }, '--no-cache'],
    ['evaluate', '--cache', { 'no-cache': true }, '--cache'],
    ['evaluate', '', { cache: true, evaluate: { 'no-cache': true } }, '--no-cache'],
  ] as const)('%s %s with %j', (name, words, defaults, expected) => {
    expect(given(name, words, defaults).words.join(' ')).toBe(expected);
  });

  it('says which flags it set', () => {
    expect(given('evaluate', '--model x', { model: 'pocket', language: 'ja' }).flags).toEqual(['--language']);
  });
});

describe('readDefaults()', () => {
  it.each([
    ['{"modle": "pocket"}', 'there is no flag "modle" (nearest: model); correct it or leave it out'],
    ['{"evaluat": {"repeat": 4}}', 'there is no command "evaluat" (nearest: evaluate); correct it or leave it out'],
    ['{"evaluate": {"reapet": 4}}', 'there is no flag "reapet" (nearest: repeat); correct it or leave it out'],
    ['{"run": "runs/a"}', '"run" is each command line\'s own; type --run with the command'],
    // A file that lies in a folder of somebody else's sends nothing, to nobody
    ['{"yes": true}', '"yes" is each command line\'s own; type --yes with the command'],
    ['{"publish": {"yes": true}}', '"yes" is each command line\'s own; type --yes with the command'],
    ['{"public": true}', '"public" is each command line\'s own; type --public with the command'],
    ['{"hub-url": "http://a"}', '"hub-url" is each command line\'s own; type --hub-url with the command'],
    ['{"model": ', 'it is a JSON object of flags without their dashes'],
    ['[]', 'it is no JSON object; write flags without their dashes'],
    ['"pocket"', 'it is no JSON object; write flags without their dashes'],
    ['{"model": null}', 'write flags without their dashes, such as {"model": "pocket", "evaluate": {"repeat": 4}}'],
    ['{"skip-bad": false}', '"skip-bad" cannot be false; leave it out: it is off where it is not set'],
    ['{"cache": false}', '"cache" cannot be false; write "no-cache": true'],
    ['{"no-cache": false}', '"no-cache" cannot be false; write "cache": true'],
    ['{"evaluate": {"cache": false}}', '"cache" cannot be false; write "no-cache": true'],
  ])('refuses %s by name', (text, words) => {
    const read = written(text);
    expect(read).toThrow(InputError);
    expect(read).toThrow(`Cannot use ${file}: `);
    expect(read).toThrow(words);
  });

  it('takes none where there is none', () => {
    expect(readDefaults(commands, join(folder, 'none.json'))).toBeUndefined();
  });
});

describe('tellDefaults()', () => {
  it.each([
    ['Cannot use --preset "magpie": choose one of mathpie', ['--model', '--preset'], true],
    [`Cannot grade a.jsonl: leave out ${named('preset')}`, ['--preset'], true],
    ['Cannot use --preset-file a: it is not there', ['--preset'], false],
    ['Cannot read a.jsonl: it is not there', ['--preset'], false],
  ])('%s with %j set by the file', (message, flags, isTold) => {
    const told = tellDefaults(new InputError(message, { file: 'a', line: 3 }), { file, flags, known: commands });
    expect(told).toMatchObject({ file: 'a', line: 3 });
    const plain = told.message.split('; --preset is')[0];
    expect(plain).toBe(new InputError(message).message.replace('leave out preset', 'leave out --preset'));
    told.tell((setting) => setting);
    expect(told.message).toBe(
      isTold
        ? `${plain}; --preset is set by ${file}: type it with this command, or set it in the file for one command alone, such as {"backward": {"preset": …}}`
        : plain,
    );
  });
});

describe('a file that cannot be used', () => {
  it.each(['[]', 'no JSON', '{"modle": "pocket"}'])(
    '%s stops commands, but not those about mathpie itself',
    async (text) => {
      written(text);
      const before = process.env.MATHPIE_CONFIG;
      process.env.MATHPIE_CONFIG = file;
      try {
        const outcomes = [];
        for (const words of [['completion', 'bash'], ['--help'], ['--version'], ['grade', '--help'], ['hardware']]) {
          let [stdout, stderr] = ['', ''];
          const exitCode = await runCommandLine({
            words,
            stdout: { write: (part: string) => (stdout += part) },
            stderr: { write: (part: string) => (stderr += part) },
            signal: new AbortController().signal,
          });
          outcomes.push([words[0], exitCode, stdout !== '', stderr.startsWith(`Cannot use ${file}: `)]);
        }
        expect(outcomes).toEqual([
          ['completion', 0, true, false],
          ['--help', 0, true, false],
          ['--version', 0, true, false],
          ['grade', 0, true, false],
          ['hardware', 2, false, true],
        ]);
      } finally {
        if (before === undefined) delete process.env.MATHPIE_CONFIG;
        else process.env.MATHPIE_CONFIG = before;
      }
    },
  );
});
