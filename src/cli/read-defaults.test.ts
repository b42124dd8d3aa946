import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../errors.js';
import { addDefaults, readDefaults } from './read-defaults.js';
import { allCommands } from './run-command-line.js';

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
    ['{"model": ', 'it is a JSON object of flags without their dashes'],
    ['[]', 'expected record, received array; write flags without their dashes'],
    ['{"model": null}', 'write flags without their dashes, such as {"model": "pocket", "evaluate": {"repeat": 4}}'],
    ['{"skip-bad": false}', 'write flags without their dashes'],
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
