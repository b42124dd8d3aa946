import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../errors.js';
import { runGpuScript } from './gpu-scripts.js';
import { readRecipe } from './read-recipe.js';
import { scriptNeeds } from './scripts.js';
import { setKeys } from './set-keys.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-recipe-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe('setKeys()', () => {
  it.each([
    ['a=3', { a: 3, ray: { workers: 1 } }],
    ['a=1e-5', { a: 1e-5, ray: { workers: 1 } }],
    ['a=models/x', { a: 'models/x', ray: { workers: 1 } }],
    ['a=b=c', { a: 'b=c', ray: { workers: 1 } }],
    ['a=', { a: '', ray: { workers: 1 } }],
    ['ray.address=auto', { a: 1, ray: { workers: 1, address: 'auto' } }],
    ['b.c.d=null', { a: 1, ray: { workers: 1 }, b: { c: { d: null } } }],
  ])('%s', (assignment, expected) => {
    expect(setKeys({ a: 1, ray: { workers: 1 } }, [assignment])).toEqual(expected);
  });

  it.each([
    ['a', 'Cannot set "a": it has no value; write key=value'],
    ['=3', 'Cannot set "=3": it has no value; write key=value'],
    ['a.b=3', 'Cannot set "a.b": "a" is no object; set "a" as a whole'],
  ])('refuses %s', (assignment, reason) => {
    expect(() => setKeys({ a: 1 }, [assignment])).toThrow(reason);
  });
});

describe('readRecipe()', () => {
  it('reads a file with a byte order mark', async () => {
    expect(await readRecipe(write('good.json', '\uFEFF{"a": 1}'), { script: 'train-sft' })).toEqual({ a: 1 });
  });

  it.each([
    ['[1]', /^Cannot use recipe .*: it is no JSON object; write \{"key": value\}$/],
    ['{"a": }', /^Cannot use recipe .*: not valid JSON \(.*\); correct the file$/],
  ])('refuses %s', async (text, reason) => {
    const reading = readRecipe(write('bad.json', text), { script: 'train-sft' });
    await expect(reading).rejects.toThrow(InputError);
    await expect(reading).rejects.toThrow(reason);
  });

  it('names what is not there', async () => {
    await expect(readRecipe('no-such-recipe', { script: 'train-sft' })).rejects.toThrow(
      /^Cannot read recipe no-such-recipe: it is no file, and no name in configs\/recipes/,
    );
  });
});

describe('runGpuScript()', () => {
  const run = join(folder, 'run');
  const environment = { MATHPIE_PYTHON: '/nowhere/python' };

  it.each([
    [{ set: ['modle=x'] }, 'Cannot start generate: there is no setting "modle" (nearest: model)'],
    [{ model: 'vllm:a/b' }, 'Cannot start generate: the setting "requests" is missing'],
    [{ model: 'a', data: 'b', set: ['tensorParallel=0'] }, '"tensorParallel" is 0; it must be >= 1'],
    [
      { model: 'a', data: 'b' },
      'Cannot run generate.py: MATHPIE_PYTHON /nowhere/python cannot be started; type "/nowhere/python -m pip',
    ],
  ])('refuses %j in one line', async (options, reason) => {
    const running = runGpuScript('generate', { run, environment, ...options });
    await expect(running).rejects.toThrow(InputError);
    await expect(running).rejects.toThrow(reason);
  });
});

it.each(['generate', 'score-rewards', 'embed', 'train-sft', 'train-dpo'] as const)('knows what %s needs', (script) => {
  expect(scriptNeeds(script).script).toMatch(/^[a-z_]+\.py$/);
});
