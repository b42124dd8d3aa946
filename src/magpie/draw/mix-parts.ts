import { choice, faultOf, number, type Setting, type Settings, toJsonSchema } from '../../steps/setting.js';
import { controlDifficulties, controlDomains, controlLanguages, controlTasks } from './control-words.js';
import type { MixPart } from './mix.js';

const fields: Settings = {
  task: choice({ says: 'kind of problem', words: controlTasks, fallback: undefined }),
  domain: choice({ says: 'domain', words: controlDomains, fallback: undefined }),
  difficulty: choice({ says: 'level', words: controlDifficulties, fallback: undefined }),
  language: choice({ says: 'language of the problems', words: controlLanguages, fallback: undefined }),
  weight: number({ says: 'its share, in any unit', fallback: undefined, minimum: 1e-9, maximum: 1e12 }),
  temperature: number({ says: "of this part's draws", fallback: undefined, minimum: 0, maximum: 5 }),
  topP: number({ says: "of this part's draws", fallback: undefined, minimum: 0.001, maximum: 1 }),
};

/** What the problems are to be about, as a list of parts with a temperature of their own: a key of recipes alone. */
export function partsSetting(): Setting<readonly MixPart[] | undefined> {
  const properties = Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, toJsonSchema(field)]));
  return {
    says: "parts of the set, each with its weight's share of the count",
    fallback: undefined,
    flag: false,
    form: {
      kind: 'value',
      schema: { type: 'array', minItems: 1, items: { type: 'object', properties, additionalProperties: false } },
      check: (value) => {
        if (!Array.isArray(value) || value.length === 0) return 'give a list of at least one part';
        return value.map(faultOfPart).find(Boolean);
      },
    },
  };
}

function faultOfPart(part: unknown): string | undefined {
  if (typeof part !== 'object' || part === null || Array.isArray(part))
    return 'a part is an object, such as {"domain": "algebra"}';
  for (const [key, value] of Object.entries(part)) {
    const field = fields[key];
    if (field === undefined) return `${key}: unknown key (known are ${Object.keys(fields).join(', ')})`;
    const fault = faultOf(field, value);
    if (fault !== undefined) return `${key}: ${fault}`;
  }
  return undefined;
}
