import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { describeSchemaIssue } from '../../describe-schema-issue.js';
import { InputError, PromptError } from '../../errors.js';
import { named } from '../../name-setting.js';
import { nearestOf } from '../../nearest.js';
import { packagePath } from '../../package-root.js';
import { renderPrompt } from '../../prompts/render-prompt.js';
import {
  controlDifficulties,
  controlDomains,
  type controlLanguages,
  controlTasks,
  isOtherTask,
  otherTasks,
} from './control-words.js';

/** What a system prompt in front of the user turn asks for. Nothing set: no system prompt at all. */
export type Control = {
  /** @default 'problem' */
  readonly task?: (typeof controlTasks)[number];
  /** @default 'mathematics' */
  readonly domain?: (typeof controlDomains)[number];
  /** @default 'any' */
  readonly difficulty?: (typeof controlDifficulties)[number];
  /** @default 'en' */
  readonly language?: (typeof controlLanguages)[number];
};

type Texts = {
  readonly prompt: string;
  readonly tasks: { readonly [name: string]: string };
  readonly domains: { readonly [name: string]: string };
  readonly difficulties: { readonly [name: string]: string };
  /** Whole prompts, of tasks that are no mathematics. */
  readonly others: { readonly [task: string]: string };
};

const words = (names: readonly string[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, z.string().min(1)])));
const texts = z.strictObject({
  prompt: z.string().min(1),
  tasks: words(controlTasks.filter((task) => !isOtherTask(task))),
  domains: words(controlDomains),
  difficulties: words(controlDifficulties),
  others: words(otherTasks),
});
const schema = z.strictObject({ version: z.int().positive(), languages: z.strictObject({ en: texts, ja: texts }) });

let loaded: { readonly version: number; readonly languages: { readonly en: Texts; readonly ja: Texts } } | undefined;

/** The system prompt that asks for such problems, in configs/magpie-controls.json's words; undefined for no control. */
export function controlPrompt(control: Control): string | undefined {
  const { task, domain, difficulty, language } = control;
  if (task === undefined && domain === undefined && difficulty === undefined && language === undefined) {
    return undefined;
  }
  const { prompt, tasks, domains, difficulties, others } = loadControls().languages[language ?? 'en'];
  if (isOtherTask(task)) {
    if (domain === undefined && difficulty === undefined) return others[task];
    throw new InputError(
      `Cannot ask for ${task} of a domain or a level: those are of mathematics; leave ${named(domain === undefined ? 'difficulty' : 'domain')} out, or name tasks of mathematics`,
    );
  }
  const values = {
    task: tasks[task ?? 'problem'] ?? '',
    domain: domains[domain ?? 'mathematics'] ?? '',
    difficulty: difficulties[difficulty ?? 'any'] ?? '',
  };
  return renderPrompt(prompt, { name: 'magpie-controls', values });
}

/** Names a control in records: `algebra/hard/ja`; empty for no control. */
export function controlKey({ task, domain, difficulty, language }: Control): string {
  return [task, domain, difficulty, language].filter((word) => word !== undefined).join('/');
}

/** Throws `InputError` for a word that is none of the known ones. */
export function checkWord<Word extends string>(
  word: string,
  { name, known }: { name: string; known: readonly Word[] },
): Word {
  const found = known.find((candidate) => candidate === word);
  if (found !== undefined) return found;
  const nearest = nearestOf(word, known);
  const guess = nearest === undefined ? '' : ` (nearest: ${nearest})`;
  throw new InputError(`Cannot use the ${name} "${word.slice(0, 60)}": choose of ${known.join(', ')}${guess}`);
}

function loadControls(): NonNullable<typeof loaded> {
  if (loaded !== undefined) return loaded;
  const value: unknown = JSON.parse(readFileSync(packagePath('configs', 'magpie-controls.json'), 'utf8'));
  const issue = describeSchemaIssue(schema, value);
  if (issue !== undefined) throw new PromptError(`Cannot use configs/magpie-controls.json: ${issue}; correct the file`);
  loaded = value as NonNullable<typeof loaded>;
  return loaded;
}
