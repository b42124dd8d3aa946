/** The values that Magpie's tagging prompts allow, by field. */
const values = {
  difficulty: ['very easy', 'easy', 'medium', 'hard', 'very hard'],
  input_quality: ['very poor', 'poor', 'average', 'good', 'excellent'],
  task_category: [
    'Information seeking',
    'Reasoning',
    'Planning',
    'Editing',
    'Coding & Debugging',
    'Math',
    'Role playing',
    'Data analysis',
    'Creative writing',
    'Advice seeking',
    'Brainstorming',
    'Others',
  ],
} as const;

export type TagField = keyof typeof values;

export const tagFields = Object.keys(values) as readonly TagField[];

/** The words of a tag, in the original's order. */
export const tagWords = (field: TagField): readonly string[] => values[field];

/**
 * A tag as its list has it, whatever its case; null for what is in no list. "Other" is "Others": the original's script drops each of
 * them for that letter.
 */
export function readTag(field: TagField, value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const wanted = value.trim().toLowerCase();
  const known: readonly string[] = values[field];
  return known.find((tag) => tag.toLowerCase() === wanted || (tag === 'Others' && wanted === 'other')) ?? null;
}
