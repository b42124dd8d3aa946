import { gradeResponse, type PresetName, presetNames } from '../grade/grade-with-preset.js';
import { seededRandom } from '../numbers/sample-points.js';
import { makeHostileAnswer } from './hostile-formulas.js';

export type AttackReport = {
  readonly count: number;
  readonly seed: number;
  /** Milliseconds of processor time of the longest judgements, longest first, each with what makes it again. */
  readonly slowest: readonly Attack[];
  /** Judgements that took more than the limit, and exceptions. */
  readonly failures: readonly Attack[];
  /** Mean milliseconds of processor time. */
  readonly meanMs: number;
};

export type Attack = {
  readonly index: number;
  readonly role: Role;
  readonly ms: number;
  readonly gold: string;
  readonly text: string;
  readonly error?: string;
};

/** Where the hostile text stands: as gold, as bare answer, as both, inside a long response, before a published grader. */
const roles = ['answer', 'gold', 'changed', 'pair', 'function', 'response', 'preset'] as const;
type Role = (typeof roles)[number];

/**
 * Grades `count` hostile texts, each made anew of the seed and its place: deep, wide and mixed, from a few letters to as long as an answer may
 * be, and responses of up to 100,000 letters, from the place `from` on. Judgements over `limitMs` of processor time are failures.
 */
export function attackGrader(
  { count, seed, limitMs, from = 0 }: { count: number; seed: number; limitMs: number; from?: number },
  {
    cpuMs = usedCpuMs,
    onProgress = () => undefined,
  }: { cpuMs?: () => number; onProgress?: (done: number, slowestMs: number) => void } = {},
): AttackReport {
  const slowest: Attack[] = [];
  const failures: Attack[] = [];
  let total = 0;
  for (let index = from; index < from + count; index++) {
    const { role, gold, text, preset } = makeAttack(seed, index);
    const before = cpuMs();
    let error: string | undefined;
    try {
      gradeResponse(role === 'response' ? { gold, response: text } : { gold, answer: text, ...preset });
    } catch (thrown) {
      error = String(thrown);
    }
    const ms = cpuMs() - before;
    total += ms;
    const attack = { index, role, ms, gold: gold.slice(0, 200), text: text.slice(0, 200) };
    if (error !== undefined) failures.push({ ...attack, error });
    else if (ms > limitMs) failures.push(attack);
    if (slowest.length < 10 || ms > (slowest.at(-1)?.ms ?? 0)) {
      slowest.push(attack);
      slowest.sort((left, right) => right.ms - left.ms).splice(10);
    }
    const done = index + 1 - from;
    if (done % 10_000 === 0) onProgress(done, slowest[0]?.ms ?? 0);
  }
  return { count, seed, slowest, failures, meanMs: total / Math.max(1, count) };
}

/** The attack of a seed at a place: the same whenever it is made. */
export function makeAttack(
  seed: number,
  index: number,
): { role: Role; gold: string; text: string; preset?: { preset: PresetName } } {
  const random = seededRandom(seed * 1_000_003 + index);
  const role = roles[index % roles.length] as Role;
  // Half of the lengths below 130 letters, one in twenty above 2,500: most that breaks a grader is short
  const room = Math.round(40 * 95 ** (random() ** 2));
  const own = Math.floor(random() * 2 ** 31);
  const text = makeHostileAnswer(own, room);
  switch (role) {
    case 'answer':
      return { role, gold: random() < 0.5 ? '12' : '\\frac{3}{4}', text };
    case 'gold':
      return { role, gold: text, text: random() < 0.5 ? '12' : 'x^2+1' };
    case 'changed':
      return { role, gold: text, text: random() < 0.5 ? `${text}+1` : `1 + ${text}` };
    case 'pair':
      return { role, gold: text, text: makeHostileAnswer(own + 1, room) };
    case 'function':
      return { role, gold: '|x-3|+\\lfloor x\\rfloor', text };
    case 'preset':
      return { role, gold: '12', text, preset: { preset: presetNames[1 + Math.floor(random() * 4)] as PresetName } };
    case 'response':
      return { role, gold: random() < 0.5 ? '12' : text, text: makeResponse(own, random) };
  }
}

const phrases = ['The answer is ', 'so x = ', '\\boxed{', '$', '$$', '**', '\n\n', 'Therefore, ', '####', '= ', '(A) '];

/** Prose, phrases that announce answers, and hostile formulas between them; some are very long. */
function makeResponse(seed: number, random: () => number): string {
  const length = Math.round(300 * 330 ** (random() ** 3));
  let text = '';
  for (let part = 0; text.length < length; part++) {
    const phrase = phrases[Math.floor(random() * phrases.length)] as string;
    text += `${phrase}${makeHostileAnswer(seed + part, Math.round(30 * 100 ** random()))}${random() < 0.5 ? '. ' : '$ '}`;
  }
  return text.slice(0, length);
}

function usedCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
