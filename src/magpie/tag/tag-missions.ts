/** What rows can be tagged with: the original's six missions (exp/unitag.py), a difficulty that is measured, and whether a text is a sound problem. */
export const tagMissions = [
  'solve-rate',
  'language',
  'difficulty',
  'quality',
  'category',
  'soundness',
  'safety',
  'reward',
] as const;

export type TagMission = (typeof tagMissions)[number];

/** Missions that a model is asked for JSON. */
export const askedMissions = ['difficulty', 'quality', 'category'] as const;

export type AskedMission = (typeof askedMissions)[number];

/** Missions of the model that is named for tags. */
export const modelMissions = [...askedMissions, 'soundness'] as const;

/** The fields of a mission, by the original's names; `measured_difficulty`, `guard_model`, `is_safe` and those of soundness are ours. */
export const missionFields = {
  'solve-rate': ['measured_difficulty'],
  language: ['language'],
  difficulty: ['intent', 'knowledge', 'difficulty', 'difficulty_generator'],
  quality: ['input_quality', 'quality_explanation', 'quality_generator'],
  category: ['task_category', 'other_task_category', 'task_category_generator'],
  soundness: ['soundness', 'soundness_judge'],
  safety: ['llama_guard_2', 'is_safe', 'guard_model'],
  reward: ['instruct_reward', 'reward_model'],
} as const satisfies { readonly [Mission in TagMission]: readonly string[] };

/** A row that is tagged: its key in the run's records, and its texts. */
export type TagItem = { readonly key: string; readonly instruction: string; readonly response: string | undefined };

/** What a mission found out: fields by key, and a reason for each row that has none. */
export type MissionTags = {
  readonly tags: ReadonlyMap<string, { readonly [field: string]: unknown }>;
  readonly failed: ReadonlyMap<string, string>;
};
