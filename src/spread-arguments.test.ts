import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Arguments of a call lie on the stack: some 120,000 of them overflow it, so that nothing that grows with the rows of a user may be spread into one.
 * Where the list is short whatever comes in, the file stands here with what bounds it.
 */
const bounded: Readonly<Record<string, string>> = {
  'ablation/write-ablation-report.ts': 'arms of a recipe',
  'answers/numbers/matrix-arithmetic.ts': 'operands of an answer',
  'answers/numbers/sample-points.ts': 'variables of an answer',
  'answers/parse/parse-cases.ts': 'tokens of an answer',
  'answers/steps/check-steps.ts': '200 characters of an annotation',
  'answers/steps/read-sides.ts': '100,000 characters of a response',
  'answers/steps/read-tokens.ts': 'a fraction of 100,000 characters',
  'cli/commands/doctor.ts': 'parts of a machine',
  'cli/declare/format-help.ts': 'flags',
  'cli/show/format-agreement.ts': 'three rows',
  'cli/show/format-grades.ts': 'three rows',
  'display/figures/ablation-ladder.ts': 'bars of a figure',
  'display/figures/accuracy-against-tokens.ts': 'points of a figure',
  'display/figures/loss-curves.ts': 'curves of a figure',
  'display/figures/next-token-bars.ts': 'bars of a figure',
  'display/figures/score-separation.ts': 'bins of a figure',
  'display/figures/temperature-curves.ts': 'points of a figure',
  'display/loss-curve.ts': 'curves of a figure',
  'display/show-training.ts': 'curves of a figure',
  'display/svg/draw-frame.ts': 'two corners',
  'display/svg/draw-marks.ts': 'two ends',
  'display/svg/svg-text.ts': 'lines of a label',
  'export/card-assembly.ts': 'accuracies of a card',
  'export/card-sections.ts': 'sections of a card',
  'gpu/process-tree.ts': 'processes',
  'magpie/compare/score.ts': 'sources of scores',
  'magpie/draw/probe-instructions.ts': 'points of a probe',
  'magpie/rows/to-sharegpt.ts': 'turns of a conversation',
  'metamath/assemble/prepare-batch.ts': 'hashes of a row',
  'metamath/backward-questions.ts': 'numbers of a question',
  'metamath/rephrasing.ts': 'answers to a question',
  'metamath/self-verification.ts': 'answers to a question',
  'models/embedded/active-sample.ts': 'stop words',
  'models/openai/read-completions.ts': 'stop words',
  'models/recording/recorded-model.ts': 'samples of a request',
};

const spread = /(?:\b(?:max|min)|\.push|\.unshift|fromCharCode|fromCodePoint)\((?:[^(){}\n]*,\s*)?\.\.\./;

describe('a list that grows with the rows is spread into no call', () => {
  const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|__fixtures__/.test(name));
  const found = sources.filter((name) => spread.test(readFileSync(join(import.meta.dirname, name), 'utf8')));

  it('but for those that are short whatever comes in', () => {
    expect(found.sort()).toEqual(Object.keys(bounded).sort());
  });
});
