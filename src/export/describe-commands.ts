import { quoteWords } from '../gpu/quote-words.js';
import type { JsonValue } from '../runs/run-record.js';
import type { StageFacts } from './run-facts.js';

/** The flag of each setting that a stage keeps in `config.json`; settings that are no flag stand in the card's table alone. */
const flags: { readonly [stage: string]: { readonly [setting: string]: string } } = {
  augment: {
    technique: 'technique',
    model: 'model',
    data: 'data',
    dataset: 'dataset',
    repeat: 'repeat',
    prompts: 'prompts',
    limit: 'limit',
    temperature: 'temperature',
    topP: 'top-p',
    maxTokens: 'max-tokens',
    seed: 'seed',
  },
  instruct: {
    model: 'model',
    count: 'count',
    temperature: 'temperature',
    topP: 'top-p',
    maxTokens: 'max-tokens',
    systemPrompt: 'system-prompt',
    seed: 'seed',
  },
  respond: {
    model: 'model',
    preset: 'preset',
    promptSet: 'prompts',
    temperature: 'temperature',
    topP: 'top-p',
    maxTokens: 'max-tokens',
  },
  candidates: {
    model: 'model',
    k: 'repeat',
    temperatures: 'temperature',
    preset: 'preset',
    promptSet: 'prompts',
    topP: 'top-p',
    maxTokens: 'max-tokens',
  },
  rank: {
    judge: 'model',
    promptSet: 'prompts',
    margin: 'margin',
    agreementWeight: 'agreement-weight',
    minMajorityShare: 'min-majority',
    lowerMargin: 'lower-margin',
    by: 'by',
  },
};

/** A command line for each stage whose flags are known, as one could type it; files are named without their folders. */
export function describeCommands(stages: readonly StageFacts[], { directory }: { directory: string }): string[] {
  return stages.flatMap(({ name, settings }) => {
    const known = flags[name];
    if (known === undefined) return [];
    const words = Object.entries(known).flatMap(([setting, flag]) => {
      const value = wordOf(settings[setting], setting);
      return value === undefined ? [] : [`--${flag}`, value];
    });
    const command = name === 'augment' ? ['augment'] : ['magpie', name];
    return [quoteWords(['mathpie', ...command, ...words, '--run', directory])];
  });
}

function wordOf(value: JsonValue | undefined, setting: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.join(',');
  if (typeof value === 'object') return undefined;
  // "pocket@1" is a set and its version.
  if (setting === 'prompts' || setting === 'promptSet') return String(value).replace(/@\d+$/, '');
  return setting === 'data' ? String(value).replace(/^.*[\\/]/, '') : String(value);
}
