import type { Directive } from './solve-prompt.js';

export type ResponsePreset = {
  readonly temperature: number;
  readonly topP: number;
  readonly maxTokens: number;
  readonly directive: Directive;
  /** Where these settings are published. */
  readonly source: string;
};

/** Published settings for solutions, by name. A flag or an option beside a preset goes before it. */
export const responsePresets = {
  'deepseek-r1': {
    temperature: 0.6, // 0.5 to 0.7 against endless repetition; no system prompt, which we never send
    topP: 0.95,
    maxTokens: 32_768,
    directive: 'boxed',
    source: 'github.com/deepseek-ai/DeepSeek-R1, README: usage recommendations',
  },
  magpie: {
    temperature: 0,
    topP: 1,
    maxTokens: 4096,
    directive: 'none',
    source: 'github.com/magpie-align/magpie, exp/gen_res.py: defaults',
  },
} as const satisfies { readonly [name: string]: ResponsePreset };

export type PresetName = keyof typeof responsePresets;

export const presetWords = Object.keys(responsePresets) as readonly PresetName[];

type Settings = {
  readonly preset?: PresetName | undefined;
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly maxTokens?: number | undefined;
  readonly directive?: Directive | undefined;
};

/** What is asked for, then what the preset says, then our own defaults: greedy, 1024 tokens, the prompt set's own words. */
export function settleResponseSettings({ preset, temperature, topP, maxTokens, directive }: Settings) {
  const published: ResponsePreset | undefined = preset === undefined ? undefined : responsePresets[preset];
  return {
    temperature: temperature ?? published?.temperature ?? 0,
    topP: topP ?? published?.topP ?? 1,
    maxTokens: maxTokens ?? published?.maxTokens ?? 1024,
    directive: directive ?? published?.directive,
  };
}
