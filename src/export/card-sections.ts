/** The sections that the cards of data sets share, each as Markdown lines. */

import { basename } from 'node:path';
import { agreeInNumber } from '../agree-in-number.js';
import { defaultPolicy } from '../answers/parse/policies.js';
import type { SetLicence } from './decide-licence.js';
import { describeAccuracies } from './describe-accuracy.js';
import { describeCommands } from './describe-commands.js';
import type { FieldCollector } from './describe-fields.js';
import { describeAssembly, describeYields } from './describe-yields.js';
import type { Ingredient } from './find-ingredients.js';
import { knownDefects, type Origin } from './known-defects.js';
import { cell, codeBlock, markdownTable } from './markdown.js';
import { findLicences } from './model-licences.js';
import type { Tally } from './tally-rows.js';
import { trainerBlocks } from './trainer-blocks.js';
import type { CardOptions, CardSources } from './write-card.js';
import type { TestSplit } from './write-split.js';

export type Say = (message: string) => string;

export function rowsSection({
  file,
  tally,
  shape,
  test,
  say,
}: {
  file: string;
  tally: Tally;
  shape: string;
  test: TestSplit | undefined;
  say: Say;
}): string[] {
  const named = test === undefined ? `\`${basename(file)}\`` : `\`${basename(file)}\`, \`${basename(test.file)}\``;
  const splits =
    test === undefined
      ? say('One split: train.')
      : say(`Two splits: train, and ${test.rows} rows for tests; all rows of a problem are on one side.`);
  return [
    `${named}: ${say(`${tally.rows} rows, one JSON object a line`)} (\`${shape}\`). ${splits}`,
    '',
    ...markdownTable([say('type'), say('rows')], [...tally.types]),
  ];
}

export function makingSection({
  tally,
  card,
  sources: { facts, report, run = 'RUN', tests = [], contaminated = 0, broken, prompts = [], thinking },
  say,
}: {
  tally: Tally;
  card: CardOptions;
  sources: CardSources;
  say: Say;
}): string[] {
  const lines = [`## ${say('How it was made')}`, ''];
  if (card.made !== undefined) lines.push(`- ${cell(card.made)}`);
  lines.push(
    `- ${say('Prompts')}: ${tally.prompts.size === 0 && prompts.length > 0 ? prompts.map(cell).join(', ') : listCounts(tally.prompts, say)}`,
  );
  if (facts !== undefined)
    lines.push(
      `- mathpie ${cell(String(facts.mathpie))}, ${say('begun')} ${cell(facts.startedAt)}, seed ${cell(String(facts.seed))}`,
    );
  if (report !== undefined) {
    lines.push(`- ${say('Recipe')}: \`${cell(report.recipe.name)}\``);
    for (const { name, rows, sha256 } of report.inputs)
      lines.push(
        `- ${say('Input')}: \`${cell(name.replace(/^.*[\\/]/, ''))}\`, ${agreeInNumber(`${rows} ${say('rows')}`)}, sha256 \`${sha256}\``,
      );
  }
  for (const { file, items, sha256 } of [...tests, ...(report?.tests ?? [])])
    lines.push(
      `- ${say('Test set kept apart')}: \`${cell(file.replace(/^.*[\\/]/, ''))}\`, ${items}, sha256 \`${sha256}\``,
    );
  if (tally.thought > 0) {
    const done = thinking?.keeps
      ? `${say('written in front of the response, in the marks of the family')} \`${cell(thinking.family.name)}\``
      : say('left out');
    lines.push(`- ${say('What models thought')} (${agreeInNumber(`${tally.thought} ${say('rows')}`)}): ${done}`);
  }
  for (const { name, summary } of facts?.stages ?? []) {
    const changes = Array.isArray(summary?.adaptations) ? summary.adaptations : [];
    if (changes.length > 0)
      lines.push(
        `- ${say('Asked or answered otherwise')} (${name}): ${changes.map((line) => cell(String(line))).join('; ')}`,
      );
  }
  if (broken !== undefined) lines.push(`- ${say('Left out because a line of their work is broken')}: ${broken}`);
  if (contaminated > 0) lines.push(`- ${say('Left out because they overlap with it')}: ${contaminated}`);
  if (facts === undefined) return lines;
  const commands = describeCommands(facts.stages, { directory: run });
  if (commands.length > 0) lines.push('', ...codeBlock(commands.join('\n'), 'sh'));
  const settings = facts.stages.map(({ name, settings }) => [name, JSON.stringify(withoutFolders(settings))]);
  return [...lines, '', ...markdownTable([say('step'), say('settings')], settings)];
}

/** A path of this machine says nothing to a reader, and may say too much. */
function withoutFolders(settings: object): object {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      typeof value === 'string' && /^(?:\.{0,2}[\\/]|[A-Za-z]:[\\/])/.test(value)
        ? value.replace(/^.*[\\/]/, '')
        : value,
    ]),
  );
}

export function modelsSection({
  tally,
  sources: { models = [] },
  say,
}: {
  tally: Tally;
  sources: CardSources;
  say: Say;
}): string[] {
  const names = new Set([...tally.models.keys(), ...models]);
  if (names.size === 0) return [`## ${say('Models')}`, '', say('not recorded')];
  const rows = findLicences(names).map(({ model, licence, source }) => [
    model,
    tally.models.get(model) ?? '',
    licence ?? say('not recorded'),
    source,
  ]);
  return [
    `## ${say('Models')}`,
    '',
    ...markdownTable([say('model'), say('rows'), say('licence of the model'), say('source')], rows),
  ];
}

export function yieldsSection({ facts, report }: CardSources, say: Say): string[] {
  if (report !== undefined) return [`## ${say('Yields')}`, '', ...describeAssembly(report, say)];
  if (facts === undefined || facts.stages.length === 0) return [];
  const open =
    facts.unfinished.length === 0 ? [] : ['', `${say('Not finished')}: ${facts.unfinished.map(cell).join(', ')}`];
  return [`## ${say('Yields')}`, '', ...describeYields(facts.stages, say), ...open];
}

export function checksSection({
  tally,
  card: { grader = 'mathpie, exact first' },
  sources: { facts, report, accuracies = [] },
  say,
}: {
  tally: Tally;
  card: CardOptions;
  sources: CardSources;
  say: Say;
}): string[] {
  const policy = Object.entries(defaultPolicy).map(([name, value]) => `${name}=${value}`);
  const lines = [
    `## ${say('Checks')}`,
    '',
    `- ${say('Grader')}: ${cell(grader)}; ${say('policy')} ${policy.join(', ')}`,
  ];
  const rules = tally.rules.size > 0 ? tally.rules : new Map(Object.entries(report?.rules ?? {}));
  if (rules.size > 0) lines.push(`- ${say('Rules that found or accepted answers')}: ${listCounts(rules, say)}`);
  const agreement = facts?.agreement;
  if (agreement !== undefined) {
    const { agrees, disagrees, unchecked } = agreement;
    lines.push(
      `- ${say('Agreement with the majority of the candidates, which is no proof')}: ${agrees} ${say('agree')}, ${disagrees} ${say('disagree and are left out of sets for fine-tuning')}, ${unchecked} ${say('without a majority')}`,
    );
  }
  if (accuracies.length > 0) lines.push('', ...describeAccuracies(accuracies, { grader: cell(grader), say }));
  return lines;
}

export function defectsSection({ shape, sources, say }: { shape: string; sources: CardSources; say: Say }): string[] {
  const defects = knownDefects({
    origin: originOf(sources),
    shape,
    isDecontaminated: isDecontaminated(sources),
    unchecked: sources.facts?.agreement?.unchecked ?? 0,
    hasCheckedSteps: sources.broken !== undefined || sources.report?.recipe.verified.steps === 'hold',
  });
  return [`## ${say('Known defects')}`, '', ...defects.map((defect) => `- ${say(defect)}`)];
}

const isDecontaminated = ({ report, tests = [] }: CardSources): boolean =>
  tests.length > 0 || (report?.tests.length ?? 0) > 0;

function originOf({ facts, report }: CardSources): Origin {
  if (report !== undefined) return 'assembly';
  const names = facts?.stages.map(({ name }) => name) ?? [];
  if (names.includes('augment')) return 'augment';
  return names.length > 0 ? 'magpie' : 'unknown';
}

export function fieldsSection(fields: FieldCollector | undefined, say: Say): string[] {
  const example = fields?.example();
  if (fields === undefined || example === undefined) return [];
  const rows = fields.fields().map(({ path, types, missing }) => [path, types.join(', ') || 'null', missing]);
  return [
    `## ${say('Fields')}`,
    '',
    ...markdownTable([say('field'), say('type'), say('rows without it')], rows),
    '',
    `${say('The first row')}:`,
    '',
    ...codeBlock(JSON.stringify(shorten(example), null, 2), 'json'),
  ];
}

/** Long texts are cut in the example, and say so. */
function shorten(value: unknown): unknown {
  if (typeof value === 'string') return value.length > 600 ? `${value.slice(0, 600)} …` : value;
  if (Array.isArray(value)) return value.slice(0, 4).map(shorten);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shorten(item)]));
}

/** What to paste to train on it, library by library. */
export function useSection({ file, shape, say }: { file: string; shape: string; say: Say }): string[] {
  const blocks = trainerBlocks({ file, shape });
  if (blocks.length === 0) return [];
  return [
    `## ${say('To train on it')}`,
    ...blocks.flatMap(({ title, language, code }) => ['', `${title}:`, '', ...codeBlock(code, language)]),
  ];
}

export function licenceSection({
  licence: { name, why, unknown },
  ingredients,
  say,
}: {
  licence: SetLicence;
  ingredients: readonly Ingredient[];
  say: Say;
}): string[] {
  const reasons = {
    chosen: `${name}. ${say('Chosen by the publisher. The licences of the source problems and of the models apply besides.')}`,
    same: `${name}. ${say('The licence of all that the set was made of.')}`,
    unknown: `${say('Not chosen yet; not known is the licence of:')} ${unknown.map(cell).join(', ')}.`,
    several: say('Not chosen yet: what the set was made of has several licences.'),
    empty: say('Not chosen yet: the set is empty.'),
    'not-permissive': say('Not chosen yet: the licence of what the set was made of asks for more than to be named.'),
  };
  const rows = ingredients.map(({ what, licence, source }) => [what, licence ?? say('not recorded'), source]);
  return [
    `## ${say('Licence')}`,
    '',
    reasons[why],
    ...(rows.length === 0 ? [] : ['', ...markdownTable([say('made of'), say('licence'), say('source')], rows)]),
  ];
}

function listCounts(counts: ReadonlyMap<string, number>, say: Say): string {
  const entries = [...counts].sort(([, left], [, right]) => right - left);
  return entries.length === 0
    ? say('not recorded')
    : entries.map(([name, count]) => `${cell(name)} (${count})`).join(', ');
}
