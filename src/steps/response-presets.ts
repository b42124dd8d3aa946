import type { Directive } from './directives.js';

export type ResponsePreset = {
  readonly temperature: number;
  readonly topP: number;
  readonly maxTokens: number;
  readonly directive: Directive;
  /** Where these settings are published. */
  readonly source: string;
};

/** Published settings for solutions, by name, and what solutions are asked with where none is named (`answerDefaults`: temperature, top-p, tokens). A flag or an option beside a preset goes before it. */
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

/** Where there is no preset: greedy, the prompt set's own words. */
export const answerDefaults = { temperature: 0, topP: 1, maxTokens: 1024, directive: undefined } as const;

/** The presets with what they set, for the help. */
export const presetsInWords = Object.entries<ResponsePreset>(responsePresets)
  .map(
    ([name, { temperature, topP, maxTokens, directive }]) =>
      `${name} (temperature ${temperature}, top-p ${topP}, ${maxTokens.toLocaleString('en')} tokens, ${directive})`,
  )
  .join(', ');

type Settings = {
  readonly preset?: PresetName | undefined;
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly minP?: number | undefined;
  readonly repetitionPenalty?: number | undefined;
  readonly maxTokens?: number | undefined;
  readonly directive?: Directive | undefined;
};

/** What is asked for, then what the preset says, then `answerDefaults`; the tokens of a model are `responseTokens`. */
export function settleResponseSettings(
  { preset, temperature, topP, maxTokens, directive, ...more }: Settings,
  usualTokens: number = answerDefaults.maxTokens,
) {
  const published: Partial<ResponsePreset> = preset === undefined ? {} : responsePresets[preset];
  return {
    temperature: temperature ?? published.temperature ?? answerDefaults.temperature,
    topP: topP ?? published.topP ?? answerDefaults.topP,
    maxTokens: maxTokens ?? published.maxTokens ?? usualTokens,
    directive: directive ?? published.directive,
    ...rareSampling(more),
  };
}

/** Temperatures of candidates: of the preset, unless it is greedy, which would give the same text each time; else 0.8, as Magpie draws them. */
export function candidateTemperatures(preset: PresetName | undefined): readonly number[] {
  const published = preset === undefined ? 0 : responsePresets[preset].temperature;
  return [published > 0 ? published : 0.8];
}

/** What few engines know is asked of none by default. */
export function rareSampling({
  minP,
  repetitionPenalty,
}: {
  readonly minP?: number | undefined;
  readonly repetitionPenalty?: number | undefined;
}): { readonly minP?: number; readonly repetitionPenalty?: number } {
  return {
    ...(minP === undefined ? {} : { minP }),
    ...(repetitionPenalty === undefined ? {} : { repetitionPenalty }),
  };
}
