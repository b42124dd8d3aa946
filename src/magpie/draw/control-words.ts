/** The words of configs/magpie-controls.json; here, so that the command line knows them without reading it. */
export const controlTasks = ['problem', 'word-problem', 'computation', 'proof'] as const;
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
