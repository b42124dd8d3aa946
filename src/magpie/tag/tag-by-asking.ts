import type { JsonSchema, LanguageModel } from '../../models/language-model.js';
import type { Run } from '../../runs/open-run.js';
import type { JsonValue } from '../../runs/run-record.js';
import type { StageProgress } from '../../runs/track-progress.js';
import { askJson } from '../../steps/ask-json.js';
import { judgingPrompt } from '../rows/judging-prompt.js';
import { shortHash } from '../rows/magpie-row.js';
import { readTag, type TagField, tagWords } from '../rows/tag-values.js';
import type { AskedMission, MissionTags, TagItem } from './tag-missions.js';

export type TagByAskingOptions = {
  readonly items: readonly TagItem[];
  readonly mission: AskedMission;
  readonly run: Run;
  readonly model: LanguageModel;
  /** @default 2 */
  readonly repairs?: number | undefined;
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StageProgress) => void) | undefined;
};

/**
 * Asks a model for the tags of a mission as JSON. Endpoints that know JSON schemas are held to one; a reply that cannot be used is asked for
 * again, with its fault named, a bounded number of times, and is a failure then: no tag is made up.
 */
export async function tagByAsking({ items, mission, model, ...options }: TagByAskingOptions): Promise<MissionTags> {
  const { words, schema, read, generator } = missions[mission];
  const promptFor = (question: string): string => judgingPrompt(mission, { question, words: list(words) });
  const { values, failed } = await askJson<Tags>({
    ...options,
    model,
    // The records name the model: those of another one are no answers of this one
    stage: `tag-${mission}-${shortHash(model.name)}`,
    items: items.map(({ key, instruction }) => ({
      id: key,
      prompt: promptFor(instruction.slice(0, longestInstruction)),
    })),
    schema,
    read,
    maxTokens: 512,
  });
  const tags = new Map([...values].map(([key, value]) => [key, { ...value, [generator]: model.name }]));
  return { tags, failed };
}

const longestInstruction = 8000;
const longestText = 2000;

type Tags = { readonly [field: string]: JsonValue };
type Mission = {
  /** The tag whose words the prompt lists. */
  readonly words: TagField;
  readonly schema: JsonSchema;
  readonly read: (reply: unknown) => { readonly value: Tags } | { readonly fault: string };
  /** The field that names who tagged. */
  readonly generator: string;
};

const text = { type: 'string' } as const;
const words = (field: TagField) => ({ type: 'string', enum: [...tagWords(field)] }) as const;
const list = (field: TagField): string => tagWords(field).join(', ');
const missions: { readonly [Name in AskedMission]: Mission } = {
  difficulty: {
    words: 'difficulty',
    schema: schemaOf('difficulty', { intent: text, knowledge: text, difficulty: words('difficulty') }),
    read: (reply) => readTags(reply, { tag: ['difficulty', 'difficulty'], texts: ['intent', 'knowledge'] }),
    generator: 'difficulty_generator',
  },
  quality: {
    words: 'input_quality',
    schema: schemaOf('quality', { explanation: text, input_quality: words('input_quality') }),
    read: (reply) => {
      const found = readTags(reply, { tag: ['input_quality', 'input_quality'], texts: ['explanation'] });
      if ('fault' in found) return found;
      const { explanation = null, ...rest } = found.value;
      return { value: { ...rest, quality_explanation: explanation } };
    },
    generator: 'quality_generator',
  },
  category: {
    words: 'task_category',
    schema: schemaOf('category', {
      primary: words('task_category'),
      others: { type: 'array', items: words('task_category') },
    }),
    read: readCategory,
    generator: 'task_category_generator',
  },
};

function schemaOf(name: string, properties: { readonly [field: string]: unknown }): JsonSchema {
  return {
    name,
    schema: { type: 'object', properties, required: Object.keys(properties), additionalProperties: false },
  };
}

function readTags(
  reply: unknown,
  { tag: [name, field], texts }: { tag: readonly [string, TagField]; texts: readonly string[] },
): { readonly value: Tags } | { readonly fault: string } {
  const fields = reply as { readonly [field: string]: unknown };
  const tag = readTag(field, fields[name]);
  if (tag === null) return { fault: `"${name}" is none of ${list(field)}` };
  const said: Record<string, string> = {};
  for (const text of texts) {
    const value = fields[text];
    if (typeof value !== 'string' || value.length > longestText) return { fault: `"${text}" is no text` };
    said[text] = mendLatex(value);
  }
  return { value: { ...said, [field]: tag } };
}

function readCategory(reply: unknown): { readonly value: Tags } | { readonly fault: string } {
  const { primary, others } = reply as { readonly primary?: unknown; readonly others?: unknown };
  const category = readTag('task_category', primary);
  if (category === null) return { fault: `"primary" is none of ${list('task_category')}` };
  const more = (Array.isArray(others) ? others.slice(0, 12) : []).flatMap(
    (other) => readTag('task_category', other) ?? [],
  );
  const distinct = [...new Set(more)].filter((other) => other !== category);
  return { value: { task_category: category, other_task_category: distinct } };
}

/** `\frac`, `\boxed` and `\times` in JSON with one backslash are read as a form feed, a backspace and a tab. */
const mendLatex = (said: string): string =>
  said
    .replaceAll('\f', '\\f')
    .replaceAll('\b', '\\b')
    .replace(/\t(?=[a-z])/g, '\\t')
    .trim();
