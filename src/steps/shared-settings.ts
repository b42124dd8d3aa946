import { responseTokensInWords } from './answer-tokens.js';
import { directiveWords } from './directives.js';
import { answerDefaults, presetsInWords, presetWords } from './response-presets.js';
import { choice, integer, number, text, texts } from './setting.js';

/** Settings that several steps share, each decided once: top-p, prompts, repairs, rewards, and how solutions are asked for. */
export const samplingSettings = {
  topP: number({
    says: 'draw from the likeliest tokens that make up this share',
    valueName: 'P',
    fallback: 1,
    minimum: 0.001,
    maximum: 1,
  }),
  minP: number({
    says: 'leave out tokens less likely than this share of the likeliest',
    valueName: 'P',
    fallback: undefined,
    minimum: 0,
    maximum: 1,
  }),
  repetitionPenalty: number({
    says: 'makes tokens that are there already less likely; servers and vLLM know it, models in this process do not',
    valueName: 'X',
    fallback: undefined,
    minimum: 0.1,
    maximum: 10,
  }),
};

export const promptsSetting = text({
  valueName: 'NAME',
  says: 'prompt set in configs/prompts; the one made for the model when left out',
});

export const repairsSetting = integer({
  says: 'how often a reply that is no JSON is asked for again',
  fallback: 2,
  minimum: 0,
  maximum: 10,
});

export const rewardSettings = {
  scores: text({
    valueName: 'FILE',
    isRead: true,
    says: "scores.jsonl of this run's texts, scored on another machine by mathpie score",
  }),
  rewardSettings: texts({
    flag: 'set',
    valueName: 'KEY=VALUE',
    says: 'a setting of score_rewards.py; may be given again; docs/gpu.md',
  }),
};

/** Of steps that solve problems. What is left out is the preset's (`settleResponseSettings`). */
export const solveSettings = {
  preset: choice({
    says: `published settings: ${presetsInWords}`,
    words: presetWords,
    fallback: undefined,
  }),
  topP: number({
    ...samplingSettings.topP,
    says: `${samplingSettings.topP.says} (default ${answerDefaults.topP})`,
    fallback: undefined,
    minimum: 0.001,
    maximum: 1,
  }),
  minP: samplingSettings.minP,
  repetitionPenalty: samplingSettings.repetitionPenalty,
  maxTokens: integer({
    says: `longest completion in tokens, thinking included (default: the preset’s, else ${responseTokensInWords})`,
    fallback: undefined,
    minimum: 1,
    maximum: 1_000_000,
  }),
  directive: choice({
    says: "boxed: step by step, answer in \\boxed{}; steps; none; the prompt set's words when left out",
    words: directiveWords,
    fallback: undefined,
  }),
  prompts: promptsSetting,
};

/** 0 is greedy; of a solution where it has no preset. */
export const answerTemperature = number({
  valueName: 'T',
  says: `0 is greedy (default ${answerDefaults.temperature})`,
  fallback: undefined,
  minimum: 0,
  maximum: 5,
});

/** What a chat template and the wording of a task put around a problem, and a system prompt in front of one, in tokens. */
export const wordingTokens = 200;
