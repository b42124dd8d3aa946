import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../errors.js';
import { packagePath } from '../package-root.js';
import { checkConfig } from './check-config.js';
import { loadContract } from './contract.js';

const folder = join(import.meta.dirname, '__fixtures__', 'python-gpu');
const loading = loadContract(folder);
const good = { run: 'r', action: 'finish' };

describe('checkConfig()', () => {
  it.each([{}, { items: 7 }, { sampling: { temperature: 0.5 } }])('takes %j', async (more) => {
    const contract = await loading;
    expect(checkConfig({ ...good, ...more }, { script: 'fake-run', contract })).toBeUndefined();
  });

  it.each<[object, string]>([
    [{ ...good, itms: 3 }, 'there is no setting "itms" (nearest: items)'],
    [{ run: 'r', acton: 'finish' }, 'there is no setting "acton" (nearest: action)'],
    [{ ...good, learningRate: 3 }, 'there is no setting "learningRate" (known are run, action, items, sampling)'],
    [
      { ...good, sampling: { temprature: 1 } },
      'there is no setting "sampling.temprature" (nearest: sampling.temperature)',
    ],
    [{ run: 'r' }, 'the setting "action" is missing; give it in the configuration or with set'],
    [{ ...good, items: '3' }, '"items" is "3"; it must be integer'],
    [{ ...good, items: 0 }, '"items" is 0; it must be >= 1'],
    [{ ...good, sampling: { temperature: -1 } }, '"sampling.temperature" is -1; it must be >= 0'],
    [
      { run: 'r', action: 'rest' },
      '"action" is "rest"; choose one of "finish", "refuse", "crash", "die", "wait", "ignore-stop", "tear"',
    ],
  ])('refuses %j', async (config, reason) => {
    const contract = await loading;
    const check = () => checkConfig({ ...config }, { script: 'fake-run', contract });
    expect(check).toThrow(InputError);
    expect(check).toThrow(`Cannot start fake-run: ${reason}`);
  });

  it('names every type that a setting may have', async () => {
    const contract = await loadContract(packagePath('python-gpu'));
    const check = () =>
      checkConfig({ run: 'r', model: 'm', data: 'd', graphs: 'maybe' }, { script: 'train-sft', contract });
    expect(check).toThrow('Cannot start train-sft: "graphs" is "maybe"; it must be boolean or null');
  });
});
