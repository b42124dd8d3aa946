import { parsePolicy } from '../answers/parse/parse-policy.js';
import type { AnswerPolicy } from '../answers/parse/policies.js';
import type { Setting } from '../steps/setting.js';

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
      schema: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
      check: (value) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'give {"NAME": "VALUE"}';
        try {
          parsePolicy(assignments(value));
          return undefined;
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
