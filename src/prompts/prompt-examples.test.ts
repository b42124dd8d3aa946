import { describe, expect, it } from 'vitest';
import { gradeResponse } from '../answers/grade/grade-response.js';
import { PromptError } from '../errors.js';
import { loadPromptExamples, parsePromptExamples, promptExampleNames } from './prompt-examples.js';

const valid = { solve: [{ question: 'How many are 3 and 4?', reply: 'The answer is: 7', gold: '7' }] };

describe('loadPromptExamples()', () => {
  it('knows gsm8k, in English and Japanese, and math', () => {
    expect(promptExampleNames()).toEqual(['gsm8k', 'gsm8k-ja', 'math']);
  });

  it.each(promptExampleNames())('%s: every reply that ends in an answer is graded right', (name) => {
    const graded = Object.values(loadPromptExamples(name)).flatMap((examples) =>
      examples.filter(({ gold }) => gold !== undefined),
    );
    expect(graded).toHaveLength(24);
    for (const { gold = '', reply } of graded) {
      const { equivalent, extractionRule } = gradeResponse({ gold, response: reply });
      expect([reply, equivalent, extractionRule]).toEqual([reply, true, name === 'math' ? 'boxed' : 'answer-is']);
    }
  });

  it.each(promptExampleNames())('%s: every line that calculates is right', (name) => {
    const replies = Object.values(loadPromptExamples(name)).flatMap((examples) => examples.map(({ reply }) => reply));
    let count = 0;
    for (const [line, left = '', right = ''] of replies.flatMap((reply) => [
      ...reply.matchAll(/(\d[\d.]*(?: [-+*/] \d[\d.]*)+) = (\d[\d.]*\d|\d)/g),
    ])) {
      expect([line, calculate(left)]).toEqual([line, Number(right)]);
      count += 1;
    }
    expect(count).toBeGreaterThanOrEqual(name === 'gsm8k' ? 40 : name === 'gsm8k-ja' ? 35 : 0);
  });

  it('an unknown name throws and lists the known ones', () => {
    expect(() => loadPromptExamples('gsm')).toThrow(/^Cannot load prompt examples "gsm": unknown, choose one of gsm8k/);
  });
});

describe('parsePromptExamples()', () => {
  it('keeps the values of the template apart from reply and gold', () => {
    expect(parsePromptExamples(JSON.stringify(valid), { name: 'mine' })).toEqual({
      solve: [{ values: { question: 'How many are 3 and 4?' }, reply: 'The answer is: 7', gold: '7' }],
    });
  });

  it.each([
    ['not JSON', '{', /not valid JSON/],
    ['an unknown kind', { solved: valid.solve }, /solved: unknown key \(nearest: solve\)/],
    ['an unknown field', { solve: [{ ...valid.solve[0], answer: '7' }] }, /solve\.0\.answer: unknown key/],
    ['no gold', { solve: [{ question: 'q', reply: 'r' }] }, /solve\.0\.gold/],
    ['an empty reply', { rephrase: [{ question: 'q', reply: ' ' }] }, /rephrase\.0\.reply: it is empty/],
    ['no example', { solve: [] }, /solve/],
    ['a lost variable', { 'backward-fobar': [{ masked: 'x', answer: '1', reply: 'r', gold: '1' }] }, /variable/],
  ])('%s throws', (_, data, expected) => {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    expect(() => parsePromptExamples(text, { name: 'mine' })).toThrow(PromptError);
    expect(() => parsePromptExamples(text, { name: 'mine' })).toThrow(expected);
  });
});

/** Left to right, products first; what the examples write is no more than that. */
function calculate(text: string): number {
  const sum = text.split(/ (?=[-+] )/).reduce((total, term) => {
    const [first = '', ...rest] = term.replace(/^\+ /, '').split(/ (?=[*/] )/);
    const start = first.startsWith('- ') ? -Number(first.slice(2)) : Number(first);
    return (
      total +
      rest.reduce(
        (value, part) => (part[0] === '*' ? value * Number(part.slice(2)) : value / Number(part.slice(2))),
        start,
      )
    );
  }, 0);
  return Math.round(sum * 1e6) / 1e6;
}
