import { describe, expect, it } from 'vitest';
import { type MachineEffects, surveyMachine } from './survey-machine.js';

const fails = (reason: string) => async (): Promise<never> => {
  throw new Error(reason);
};

const whole: MachineEffects = {
  nodeVersion: '20.19.0',
  hasGpu: () => true,
  readPython: async () => '3.12.1',
  hasKernel: () => true,
  openPocket: async () => undefined,
  hasPackage: () => true,
  findScriptPython: async () => '.venv-cuda/bin/python',
  freeBytes: async () => 5e9,
  readDefaults: async () => ({ file: 'mathpie.config.json', keys: ['model', 'evaluate'] }),
  listModels: async () => [
    {
      name: 'openai:NAME',
      kind: 'key',
      bytes: null,
      licence: null,
      raw: false,
      available: true,
      note: 'OPENAI_API_KEY is set',
    },
    {
      name: 'http://localhost:8000/v1#q',
      kind: 'server',
      bytes: null,
      licence: null,
      raw: true,
      available: true,
      note: null,
    },
    { name: 'hf:a/b/c.gguf', kind: 'hub cache', bytes: 5, licence: null, raw: true, available: true, note: null },
  ],
};

describe('surveyMachine', () => {
  it('finds nothing to mend where everything is there', async () => {
    const findings = await surveyMachine(whole);
    expect(findings.filter(({ state, mend }) => state !== 'works' || mend !== null)).toEqual([]);
    expect(findings.find(({ part }) => part === 'keys')?.found).toBe('OPENAI_API_KEY is set');
  });

  it.each([
    ['Node', 'missing', { nodeVersion: '20.18.3' }, 'install Node 20.19'],
    ['the model pocket, in Node', 'missing', { openPocket: fails('no addon') }, 'npm install'],
    ['disk', 'missing', { freeBytes: async () => 1e8 }, 'free some space'],
    ['Python', 'absent', { readPython: fails('no Python was found') }, 'install Python 3.10'],
    ['notebook kernel', 'absent', { hasKernel: () => false }, 'mathpie lab'],
    ['data frames', 'absent', { hasPackage: () => false }, 'npm install danfojs-node'],
    ['own defaults', 'missing', { readDefaults: fails('Cannot use mathpie.config.json: no') }, 'correct the file'],
    ['GPU', 'absent', { hasGpu: (): boolean => false }, 'mathpie hardware'],
    ['training', 'absent', { findScriptPython: fails('none') }, 'requirements-cuda.txt'],
    [
      'generation by vLLM',
      'absent',
      { findScriptPython: fails('none'), hasGpu: (): boolean => false },
      'requirements-engines.txt',
    ],
    ['keys', 'absent', { listModels: async () => [] }, 'export OPENAI_API_KEY='],
    ['servers', 'absent', { listModels: fails('no network') }, 'ollama serve'],
    ['bigger models', 'absent', { listModels: async () => [] }, '--model hf:'],
  ] as const satisfies readonly (readonly [string, string, Partial<MachineEffects>, string])[])(
    '%s is %s where it fails, with what mends it',
    async (part, state, broken, mend) => {
      const finding = (await surveyMachine({ ...whole, ...broken })).find((each) => each.part === part);
      expect(finding?.state).toBe(state);
      expect(finding?.mend).toContain(mend);
    },
  );
});
