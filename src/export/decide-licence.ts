import { named } from '../name-setting.js';
import type { Ingredient } from './find-ingredients.js';

/** What hubs call a licence that is none of theirs, or that nobody has chosen. */
export const noLicence = 'other';

/** Licences that ask for no more than to be named with the text. */
const permissive = ['mit', 'apache-2.0', 'bsd-2-clause', 'bsd-3-clause', 'isc', 'cc-by-4.0', 'cc0-1.0', 'unlicense'];

/** The licence of a set, as hubs call it, and why it is that one. */
export type SetLicence = {
  readonly name: string;
  readonly why: 'chosen' | 'same' | 'unknown' | 'several' | 'not-permissive' | 'empty';
  /** What it was made of whose licence is not known. */
  readonly unknown: readonly string[];
};

/**
 * The licence of a set: the one that its publisher chose; else that of all that it was made of, where all have the same and it asks for no
 * more than to be named. Else `other`: nothing is granted that somebody may not grant.
 */
export function decideLicence(
  ingredients: readonly Ingredient[],
  { chosen }: { chosen?: string | undefined },
): SetLicence {
  const unknown = ingredients.filter(({ licence }) => licence === undefined).map(({ what }) => what);
  if (chosen !== undefined) return { name: chosen.replace(/[^\w.+-]/g, '-'), why: 'chosen', unknown };
  const names = [...new Set(ingredients.map(({ licence }) => licence))];
  const [name] = names;
  if (ingredients.length === 0) return { name: noLicence, why: 'empty', unknown };
  if (unknown.length > 0 || name === undefined) return { name: noLicence, why: 'unknown', unknown };
  if (names.length > 1) return { name: noLicence, why: 'several', unknown };
  if (!permissive.includes(name)) return { name: noLicence, why: 'not-permissive', unknown };
  return { name, why: 'same', unknown };
}

/** What to tell whoever made the set: nothing where a licence stands on its card. */
export function tellLicence({ name, why, unknown }: SetLicence): readonly string[] {
  if (why === 'chosen' || why === 'same' || why === 'empty') return [];
  const reason = {
    unknown: `not known is that of ${unknown.join(', ')}`,
    several: 'what the set was made of has several',
    'not-permissive': 'that of what the set was made of asks for more than to be named',
  } as const;
  return [`The card says the licence ${name}: ${reason[why]}; choose one by ${named('licence')}`];
}
