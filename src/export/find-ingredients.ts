import { findPublished } from '../problems/download/dataset-table.js';
import type { Say } from './card-sections.js';
import { findLicences, ownLicence } from './model-licences.js';
import type { RunFacts, StageFacts } from './run-facts.js';
import type { Tally } from './tally-rows.js';
import type { CardSources } from './write-card.js';

/** Something that a set was made of. */
export type Ingredient = {
  readonly what: string;
  /** The hub's name of its licence; undefined where it is not known. */
  readonly licence: string | undefined;
  /** Where that is said. */
  readonly source: string;
};

/** A file that a set was made of, by its content. `problems` were grown from; `rows` were taken as they are, answers and all. */
export type DataFile = { readonly name: string; readonly sha256: string; readonly holds: 'problems' | 'rows' };

/**
 * What a set was made of, with the licence of each: the models that wrote, the files, and the problems that were grown from. A file is a
 * published one by its checksum alone, and a problem is one of the pocket grammar when the grammar reads it: a name or a format proves nothing.
 */
export function findIngredients({
  tally,
  sources: { facts, models = [], data = [] },
  say,
}: {
  tally: Tally;
  sources: CardSources;
  say: Say;
}): readonly Ingredient[] {
  const files = [...dataOf(facts?.stages), ...data];
  const isUnsigned = tally.unsigned > 0 && models.length === 0 && !files.some(({ holds }) => holds === 'rows');
  const read = files.filter(({ holds }) => holds === 'rows' || tally.hasOtherProblems);
  const authors = tally.hasOtherProblems ? drawersOf(facts) : [];
  const isUnknown = tally.hasOtherProblems && read.length + authors.length === 0;
  const writers = new Set([...tally.models.keys(), ...models, ...authors]);
  return [
    ...(tally.hasGrammarProblems ? [{ what: say('problems of the pocket grammar'), ...ownLicence }] : []),
    ...(isUnknown ? [unknown(say('problems whose source is not recorded'))] : []),
    ...read.map((file) => describeFile(file, say)),
    ...findLicences(writers).map(({ model, licence, source }) => ({ what: say(`text of ${model}`), licence, source })),
    ...(isUnsigned ? [unknown(say('text of a model that is not recorded'))] : []),
  ];
}

/** The files whose problems these stages grew. */
export function dataOf(stages: readonly StageFacts[] = []): readonly DataFile[] {
  return stages.flatMap(({ name, settings: { data, sha256 } }) =>
    /^augment\b/.test(name) && typeof data === 'string' && typeof sha256 === 'string'
      ? [{ name: data, sha256, holds: 'problems' as const }]
      : [],
  );
}

const drawersOf = (facts: RunFacts | undefined): readonly string[] =>
  (facts?.stages ?? []).flatMap(({ name, settings: { model } }) =>
    name === 'instruct' && typeof model === 'string' ? [model] : [],
  );

function describeFile({ name, sha256, holds }: DataFile, say: Say): Ingredient {
  const published = findPublished(sha256);
  const what = say(`${holds} of ${published?.title ?? name}`);
  return published === undefined
    ? unknown(what)
    : { what, licence: published.licenceName ?? undefined, source: published.licence };
}

const unknown = (what: string): Ingredient => ({ what, licence: undefined, source: '' });
