import { InputError } from '../../errors.js';
import { max } from '../numbers/math.js';
import { type AnswerPolicy, defaultPolicy } from './policies.js';

/** The values that each policy takes; numbers are given by their least and greatest value. */
export const policyValues: Readonly<Record<keyof AnswerPolicy, readonly string[] | readonly [number, number]>> = {
  percent: ['either', 'number', 'fraction'],
  listOrder: ['free', 'kept'],
  unreducedFractions: ['accept', 'reject'],
  relativeTolerance: [0, 1],
  roundedDecimalPlaces: [0, 14],
  missingUnits: ['accept', 'reject'],
  missingBase: ['accept', 'reject'],
  degreesAsRadians: ['accept', 'reject'],
  equationChains: ['whole', 'last'],
  unbracedFractions: ['either', 'tex', 'people'],
  boxes: ['joined', 'last', 'all'],
  thinking: ['ignore', 'fallback'],
};

/** `NAME=VALUE` of every policy and value, `NAME=` of those that take a number. */
export function policyAssignments(): readonly string[] {
  return Object.entries(policyValues).flatMap(([name, values]) =>
    values.some((value) => typeof value === 'number') ? [`${name}=`] : values.map((value) => `${name}=${value}`),
  );
}

/** Policies that take whole numbers alone. */
export const countedPolicies: readonly string[] = ['roundedDecimalPlaces'];

/**
 * Reads `percent=number`, `relativeTolerance=0.001` as a command line gives them. Throws InputError that names what is
 * possible.
 */
export function parsePolicy(assignments: readonly string[]): Partial<AnswerPolicy> {
  const policy: Record<string, string | number> = {};
  for (const assignment of assignments) {
    const at = assignment.indexOf('=');
    const [name, value] = [assignment.slice(0, max(at, 0)), assignment.slice(at + 1)];
    if (at < 0 || !Object.hasOwn(defaultPolicy, name)) {
      throw new InputError(
        `Cannot read policy "${assignment}": write NAME=VALUE with one of ${Object.keys(defaultPolicy).join(', ')}`,
      );
    }
    policy[name] = readValue(name as keyof AnswerPolicy, value);
  }
  return policy as Partial<AnswerPolicy>;
}

function readValue(name: keyof AnswerPolicy, value: string): string | number {
  const allowed = policyValues[name];
  const [least, most] = allowed;
  if (typeof least !== 'number' || typeof most !== 'number') {
    if ((allowed as readonly string[]).includes(value)) return value;
    throw new InputError(`Cannot set policy ${name} to "${value}": it takes ${allowed.join(', ')}`);
  }
  const number = value.trim() === '' ? Number.NaN : Number(value);
  const isCount = countedPolicies.includes(name);
  if (number >= least && number <= most && (!isCount || Number.isInteger(number))) return number;
  const kind = isCount ? 'whole number' : 'number';
  throw new InputError(`Cannot set policy ${name} to "${value}": it takes a ${kind} from ${least} to ${most}`);
}
