import { headSettings, modelRoles, sourceSetting } from '../steps/recipe.js';
import { describeRange, flagOf, type Setting, type Settings } from '../steps/setting.js';
import type { AnyStep } from '../steps/step.js';

/** A recipe to begin with, as docs/steps.md shows it. */
export const smallRecipe = {
  $schema: 'node_modules/mathpie/schemas/recipe.schema.json',
  name: 'first',
  version: 1,
  description: 'Twenty problems of pocket, solved and exported; seconds on a laptop.',
  models: { problems: 'pocket' },
  instruct: { count: 20, maxTokens: 200 },
  respond: { maxTokens: 300 },
  'export-sft': {},
};

/** docs/steps.md: what a recipe is, and of every step what it does, takes, gives, who it asks, and its settings. */
export function stepsPage(steps: readonly AnyStep[]): string {
  return `${[
    '# Steps and recipes',
    '`npm run docs` makes this page from the steps themselves (`src/all-steps.ts`); do not edit it.',
    'A step takes rows, works on them and gives rows. Each is a command of its own, and a key of a recipe: a JSON file that names steps with their settings. `mathpie run-recipe --recipe FILE --run DIR` does the steps of a recipe in the order of this page, in one run directory, and goes on where it was stopped. A step that is not named is left out; an unknown key is refused with the nearest known one. Commands continue the run of a recipe, and a recipe the run of commands.',
    `\`\`\`json\n${JSON.stringify(smallRecipe, null, 2)}\n\`\`\``,
    'Editors complete keys and show their meaning by `$schema` (`schemas/recipe.schema.json` in the package). The recipes that come with Mathpie are in `configs/recipes/`, and run by name.',
    '## The head of a recipe',
    settingsTable(headSettings, { hasFlags: false }),
    '`models` says who does what, as model strings (`pocket`, `gguf:FILE`, `vllm:OWNER/NAME`, `openai:NAME`, `http://…`):',
    table([
      ['role', 'who', 'steps that ask it'],
      ...Object.entries(modelRoles).map(([role, says]) => [`\`models.${role}\``, says, stepsThatAsk(steps, role)]),
    ]),
    `Every step may have a \`source\`: ${sourceSetting.says}.`,
    '## The steps',
    table([
      ['step', 'command', 'what it does', 'takes', 'gives'],
      ...steps.map((step) => [
        `[\`${step.name}\`](#${step.name})`,
        `\`${step.command}\``,
        step.says,
        takesOf(step),
        givesOf(step),
      ]),
    ]),
    ...steps.flatMap(sectionOf),
  ].join('\n\n')}\n`;
}

function sectionOf(step: AnyStep): readonly string[] {
  const { name, command, says, models, settings, examples, isRepeated } = step;
  const asked = Object.entries(models).map(([setting, { role, says, isRequired }]) => {
    const need = isRequired ? '' : ', where the settings call for it';
    return `\`models.${role}\`, on the command line \`--${flagOf(setting)} MODEL\`: ${says}${need}`;
  });
  return [
    `### ${name}`,
    `${says}. Command: \`mathpie ${command}\`.${isRepeated ? ' A recipe may hold several, by name, each in a folder of its own.' : ''}`,
    [
      `- Takes: ${takesOf(step) || 'no rows of the run directory'}.`,
      `- Gives: ${givesOf(step)}.`,
      `- Asks: ${asked.join('; ') || 'nobody'}.`,
    ].join('\n'),
    ...(Object.keys(settings).length === 0 ? [] : [settingsTable(settings, { hasFlags: true })]),
    ...(examples.length === 0 ? [] : [`\`\`\`\n${examples.map((line) => `mathpie ${line}`).join('\n')}\n\`\`\``]),
  ];
}

function takesOf({ takes }: AnyStep): string {
  const words = Object.entries(takes).map(([name, need]) => {
    const what = name === 'rows' ? 'solutions, or where there are none instructions' : name;
    return need === 'optional' ? `${what} (where there are any)` : what;
  });
  return words.join(', ');
}

const givesOf = ({ gives }: AnyStep): string =>
  gives.map((name) => (name === 'rows' ? 'the same rows' : name)).join(', ') || 'files';

const stepsThatAsk = (steps: readonly AnyStep[], role: string): string =>
  steps
    .filter(({ models }) => Object.values(models).some((model) => model.role === role))
    .map(({ name }) => name)
    .join(', ');

function settingsTable(settings: Settings, { hasFlags }: { readonly hasFlags: boolean }): string {
  const rows = Object.entries(settings).map(([key, setting]) => [
    `\`${key}\``,
    ...(hasFlags ? [flagWords(key, setting)] : []),
    defaultWords(setting),
    valueWords(setting),
    setting.says,
  ]);
  return table([['key', ...(hasFlags ? ['flag'] : []), 'default', 'value', 'meaning'], ...rows]);
}

const flagWords = (key: string, setting: Setting<unknown>): string =>
  setting.flag === false ? 'in recipes alone' : `\`--${flagOf(key, setting)}\``;

function defaultWords({ fallback, isRequired }: Setting<unknown>): string {
  if (isRequired) return 'to be given';
  if (fallback === undefined || (Array.isArray(fallback) && fallback.length === 0)) return '';
  return `\`${JSON.stringify(fallback)}\``;
}

function valueWords({ form }: Setting<unknown>): string {
  switch (form.kind) {
    case 'integer':
      return `whole number${describeRange(form)}`;
    case 'number':
      return `number${describeRange(form)}`;
    case 'numbers':
      return `numbers${describeRange(form)}`;
    case 'flag':
      return 'true or false';
    case 'text':
      return 'text';
    case 'texts':
      return 'texts';
    case 'choice':
      return `one of ${listWords(form.words)}`;
    case 'words':
      return `some of ${listWords(form.words)}`;
    case 'value':
      return 'JSON; its form is in the schema';
  }
}

const listWords = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

/** A Markdown table; a bar within a cell stays a bar. */
function table(rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}
