/** The words of configs/magpie-controls.json; here, so that the command line knows them without reading it. */
export const controlTasks = ['problem', 'word-problem', 'computation', 'proof', 'code', 'translation'] as const;
/** Tasks of the original that are no mathematics: they have no domain and no level. */
export const otherTasks = ['code', 'translation'] as const;
export type OtherTask = (typeof otherTasks)[number];
export const isOtherTask = (task: string | undefined): task is OtherTask => otherTasks.some((other) => other === task);
export const controlDomains = [
  'mathematics',
  'algebra',
  'calculus',
  'geometry',
  'statistics',
  'number-theory',
  'discrete',
  'probability',
] as const;
export const controlDifficulties = ['any', 'easy', 'medium', 'hard', 'olympiad'] as const;
export const controlLanguages = ['en', 'ja'] as const;
