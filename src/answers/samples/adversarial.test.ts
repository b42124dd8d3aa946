import { describe, expect, it } from 'vitest';
import { isEquivalent } from '../compare/is-equivalent.js';
import { gradeResponse } from '../grade/grade-response.js';
import { adversarialClaims } from './adversarial-claims.js';
import { adversarialDenials } from './adversarial-denials.js';
import { adversarialDenialsAbroad } from './adversarial-denials-abroad.js';
import { adversarialDoubts } from './adversarial-doubts.js';
import { adversarialEndings, adversarialWritings } from './adversarial-endings.js';
import { adversarialFinalAnswers } from './adversarial-final-answers.js';
import { adversarialFormulas } from './adversarial-formulas.js';
import { adversarialMarks } from './adversarial-marks.js';
import { adversarialMore } from './adversarial-more.js';
import { adversarialPairs } from './adversarial-pairs.js';
import { adversarialProse } from './adversarial-prose.js';
import { adversarialRemarks } from './adversarial-remarks.js';
import { adversarialReports } from './adversarial-reports.js';
import { adversarialResponses } from './adversarial-responses.js';
import { adversarialSentences } from './adversarial-sentences.js';
import { adversarialStatements } from './adversarial-statements.js';
import { adversarialStructures } from './adversarial-structures.js';
import { adversarialValues } from './adversarial-values.js';
import { adversarialWorkedOn } from './adversarial-worked-on.js';

const kinds = Object.entries({
  ...adversarialFormulas,
  ...adversarialValues,
  ...adversarialStructures,
  ...adversarialMore,
  ...adversarialReports,
  ...adversarialPairs,
  ...adversarialMarks,
  writings: adversarialWritings,
});

describe('isEquivalent() on pairs made to mislead it', () => {
  it.each(kinds)('%s', (_, pairs) => {
    const wrong = pairs.filter(([gold, answer, isRight]) => isEquivalent(gold, answer).equivalent !== isRight);
    expect(wrong).toEqual([]);
  });
});

describe('gradeResponse() on responses made to mislead it', () => {
  it.each([
    ...adversarialResponses,
    ...adversarialProse,
    ...adversarialSentences,
    ...adversarialDoubts,
    ...adversarialDenials,
    ...adversarialDenialsAbroad,
    ...adversarialClaims,
    ...adversarialStatements,
    ...adversarialRemarks,
    ...adversarialFinalAnswers,
    ...adversarialEndings,
    ...adversarialWorkedOn,
  ])('%j against %j: %s', (gold, response, isRight) => {
    expect(gradeResponse({ gold, response }).equivalent).toBe(isRight);
  });
});
