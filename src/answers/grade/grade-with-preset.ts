import type { Grade } from './grade-response.js';
import { extractMetamathGsm8k } from './metamath-gsm8k.js';
import { extractMetamathMath, isMetamathEquivalent } from './metamath-math.js';

/** `mathpie` is this project's own grader; the others reproduce published ones, faults included. */
export type PresetName = 'mathpie' | 'metamath-gsm8k' | 'metamath-math' | 'hendrycks' | 'strict';

/** Graders by name: ours, those of the MetaMath repository as published, and a strict one. */
export const presetNames: readonly PresetName[] = ['mathpie', 'metamath-gsm8k', 'metamath-math', 'hendrycks', 'strict'];

export type PresetRequest = {
  readonly gold: string;
  readonly text: string;
  readonly isBare: boolean;
  readonly preset: PresetName;
};

/** Grades by one of the reproduced graders; `text` is a response, or a bare answer when `isBare`. */
export function gradeWithPreset({ gold, text, isBare, preset }: PresetRequest): Grade {
  if (preset === 'metamath-gsm8k') return gradeGsm8k(gold, text);
  const extracted = extractFor(preset, text, isBare);
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
