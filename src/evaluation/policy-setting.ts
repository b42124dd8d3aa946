import { countedPolicies, parsePolicy, policyValues } from '../answers/parse/parse-policy.js';
import type { AnswerPolicy } from '../answers/parse/policies.js';
import type { JsonSchema, Setting } from '../steps/setting.js';

/** Departures from the default policy of the grader (docs/grading.md): `percent=number`, or `{"percent": "number"}` in a recipe. */
export function policySetting(): Setting<Partial<AnswerPolicy> | undefined> {
  const assignments = (value: unknown): string[] =>
    Object.entries((value ?? {}) as object).map(([name, word]) => `${name}=${word}`);
  return {
    says: 'departs from the default policy, such as percent=number; may be given again; see docs/grading.md',
    valueName: 'NAME=VALUE',
    fallback: undefined,
    form: {
      kind: 'value',
      schema: policySchema,
      check: (value) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'give {"NAME": "VALUE"}';
        try {
          const policy = parsePolicy(assignments(value)) as object;
          const given = value as Readonly<Record<string, unknown>>;
          const name = Object.entries(policy).find(([name, read]) => read !== given[name])?.[0];
          return name === undefined
            ? undefined
            : `${name}: give ${typeof given[name] === 'string' ? 'a number' : 'a text'}`;
        } catch (error) {
          return error instanceof Error ? error.message : String(error);
        }
      },
      read: (text) => parsePolicy([text]),
      combine: (before, next) => ({ ...(before as object), ...(next as object) }),
      write: (value) => assignments(value)[0] ?? '',
    },
  };
}

const policySchema: JsonSchema = {
  anyOf: [
    { type: 'object', additionalProperties: false, properties: propertiesOf(policyValues) },
    { type: 'string', pattern: `^(?:${Object.keys(policyValues).join('|')})=\\S` },
  ],
};

function propertiesOf(values: typeof policyValues): JsonSchema {
  return Object.fromEntries(
    Object.entries(values).map(([name, allowed]) => {
      const [minimum, maximum] = allowed;
      if (typeof minimum !== 'number') return [name, { enum: allowed }];
      return [name, { type: countedPolicies.includes(name) ? 'integer' : 'number', minimum, maximum }];
    }),
  );
}
