import { type Grade, type GradeRequest, gradeResponse as gradeByMathpie } from './grade-response.js';
import { extractMetamathGsm8k } from './metamath-gsm8k.js';
import { extractMetamathMath, isMetamathEquivalent } from './metamath-math.js';

/** `mathpie` is this project's own grader; the others reproduce published ones, faults included. */
export type PresetName = 'mathpie' | 'metamath-gsm8k' | 'metamath-math' | 'hendrycks' | 'strict';

/** Graders by name: ours, those of the MetaMath repository as published, and a strict one. */
export const presetNames: readonly PresetName[] = ['mathpie', 'metamath-gsm8k', 'metamath-math', 'hendrycks', 'strict'];

/** What is graded, and by which grader. */
export type PresetRequest = Omit<GradeRequest, 'preset'> & {
  /** The grader; those of others have no policy. @default 'mathpie' */
  readonly preset?: PresetName;
};

/**
 * Grades one response (or bare answer) against its gold by the grader of a name, ours where none is named. Never throws.
 *
 * @example gradeResponse({ gold: '12', response: 'It is \\boxed{12.0}.', preset: 'hendrycks' }).equivalent // false
 */
export function gradeResponse({ preset = 'mathpie', ...request }: PresetRequest): Grade {
  if (preset === 'mathpie') return gradeByMathpie(request);
  const { gold, response, answer } = request;
  const text = response ?? answer ?? '';
  if (preset === 'metamath-gsm8k') return gradeGsm8k(gold, text);
  const extracted = extractFor(preset, text, response === undefined);
  const bareGold = goldFor(gold);
  const equivalent =
    extracted !== undefined &&
    bareGold !== undefined &&
    (preset === 'strict' ? extracted.trim() === bareGold.trim() : isMetamathEquivalent(extracted, bareGold));
  return toGrade(equivalent, extracted, preset);
}

const gradeGsm8k = (gold: string, text: string): Grade => {
  const extracted = extractMetamathGsm8k(text);
  const marked = gold.includes('#### ') ? gold.slice(gold.lastIndexOf('#### ') + 5) : gold;
  const wanted = Number(marked.replaceAll(',', '').trim());
  return toGrade(
    extracted !== undefined && extracted === wanted,
    extracted === undefined ? undefined : String(extracted),
    'metamath-gsm8k',
  );
};

const extractFor = (preset: PresetName, text: string, isBare: boolean): string | undefined => {
  if (isBare) return text;
  return preset === 'metamath-math' ? extractMetamathMath(text) : lastBox(text);
};

const goldFor = (gold: string): string | undefined => (gold.includes('\\boxed{') ? lastBox(gold) : gold);

/** last_boxed_only_string and remove_boxed of hendrycks/math: only `\boxed{…}` counts. */
const lastBox = (text: string): string | undefined => {
  const start = text.lastIndexOf('\\boxed{');
  if (start < 0) return undefined;
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    if (text[index] === '{') depth++;
    if (text[index] === '}' && --depth === 0) return text.slice(start + '\\boxed{'.length, index);
  }
  return undefined;
};

const toGrade = (equivalent: boolean, extracted: string | undefined, preset: PresetName): Grade => ({
  equivalent,
  extracted,
  rule: `preset/${preset}`,
  strength: 'policy',
  extractionRule: 'preset',
  gold: undefined,
  answer: undefined,
});
