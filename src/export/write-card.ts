import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { spokenLanguage } from '../language/spoken.js';
import { type Language, wordsIn } from '../language/translate.js';
import type { AssemblyReport } from '../metamath/assemble/assembly-report.js';
import type { ThinkingChoice } from '../prompts/keep-thinking.js';
import { writeAtomic } from '../storage/write-atomic.js';
import {
  checksSection,
  defectsSection,
  fieldsSection,
  licenceSection,
  makingSection,
  modelsSection,
  rowsSection,
  useSection,
  yieldsSection,
} from './card-sections.js';
import { decideLicence, type SetLicence } from './decide-licence.js';
import type { NamedAccuracy } from './describe-accuracy.js';
import type { FieldCollector } from './describe-fields.js';
import { type DataFile, findIngredients } from './find-ingredients.js';
import { writeFrontMatter } from './front-matter.js';
import { cell } from './markdown.js';
import type { RunFacts } from './run-facts.js';
import type { Tally } from './tally-rows.js';
import type { TestSplit } from './write-split.js';

export type CardOptions = {
  /** @default the file's name */
  readonly title?: string | undefined;
  /** The hub's name of the licence that the user chooses. @default that of all that the set was made of (`decideLicence`) */
  readonly licence?: string | undefined;
  /** How answers were checked. @default 'mathpie, exact first' */
  readonly grader?: string | undefined;
  /** One line on how the rows came about; the models and prompts of the rows are added. */
  readonly made?: string | undefined;
  /** Language of the card's words. @default 'en' */
  readonly language?: Language | undefined;
};

/** Where the rows come from, as far as it is known. */
export type CardSources = {
  readonly facts?: RunFacts | undefined;
  /** Name of the run directory, without its folders. */
  readonly run?: string | undefined;
  readonly report?: AssemblyReport | undefined;
  readonly accuracies?: readonly NamedAccuracy[] | undefined;
  /** Models that the rows themselves do not name. */
  readonly models?: readonly string[] | undefined;
  /** Files that the run of `facts` does not name. */
  readonly data?: readonly DataFile[] | undefined;
  /** Prompt sets that the rows themselves do not name. */
  readonly prompts?: readonly string[] | undefined;
  /** Test sets that no row overlaps with, and how many rows were left out for it. */
  readonly tests?: readonly TestSetName[] | undefined;
  readonly contaminated?: number | undefined;
  /** How many rows were left out for a broken line of work; undefined where nobody looked. */
  readonly broken?: number | undefined;
  /** What was done with what models thought. @default it was left out */
  readonly thinking?: ThinkingChoice | undefined;
  /** The part that is kept for tests. */
  readonly test?: TestSplit | undefined;
};

export type TestSetName = { readonly file: string; readonly items: number; readonly sha256: string };

/** Tells a card of ours, which may be replaced, from somebody's README, which may not. */
export const cardMarker = '<!-- data set card written by mathpie -->';

/**
 * Writes a data set card beside a data file: README.md, or NAME.README.md where the folder has a README of its own.
 * Returns its path, and the licence that it says.
 */
export async function writeCard({
  file,
  card = {},
  ...described
}: {
  file: string;
  tally: Tally;
  shape: string;
  fields?: FieldCollector | undefined;
  card?: CardOptions | undefined;
  sources?: CardSources | undefined;
}): Promise<{ path: string; licence: SetLicence }> {
  const readme = join(dirname(file), 'README.md');
  const existing = await readFile(readme, 'utf8').catch(() => undefined);
  const isOurs = existing?.includes(`${cardMarker}\n\n\`${basename(file)}\``) ?? false;
  const target = existing === undefined || isOurs ? readme : join(dirname(file), `${basename(file)}.README.md`);
  const { text, licence } = describeDataSet({ file, card, ...described });
  await writeAtomic(target, text);
  return { path: target, licence };
}

/** The text of a data set card: YAML front matter, then Markdown; and the licence that it says. */
export function describeDataSet({
  file,
  tally,
  shape,
  fields,
  card,
  sources = {},
}: {
  file: string;
  tally: Tally;
  shape: string;
  fields?: FieldCollector | undefined;
  card: CardOptions;
  sources?: CardSources | undefined;
}): { text: string; licence: SetLicence } {
  const say = wordsIn(card.language ?? spokenLanguage());
  const title = (card.title ?? basename(file)).replace(/\s+/g, ' ');
  const ingredients = findIngredients({ tally, sources, say });
  const licence = decideLicence(ingredients, { chosen: card.licence });
  const sections = [
    [writeFrontMatter({ file, tally, shape, title, licence: licence.name, test: sources.test })],
    [`# ${cell(title)}`, '', cardMarker],
    rowsSection({ file, tally, shape, test: sources.test, say }),
    makingSection({ tally, card, sources, say }),
    modelsSection({ tally, sources, say }),
    yieldsSection(sources, say),
    checksSection({ tally, card, sources, say }),
    defectsSection({ shape, sources, say }),
    fieldsSection(fields, say),
    useSection({ file, shape, say }),
    licenceSection({ licence, ingredients, say }),
  ];
  const text = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
  return { text: `${text}\n`, licence };
}
