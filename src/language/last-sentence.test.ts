import { describe, expect, it } from 'vitest';
import { findAskedSentence, isAskingSentence, splitSentences } from './last-sentence.js';

describe('findAskedSentence(question)', () => {
  it.each([
    ['Tom has 3 pens. How many are left?', 'How many are left?'],
    ['It weighs 3.5 kg. What is half of it?', 'What is half of it?'],
    ['Mr. Smith has 3 pens. How many does Mrs. Smith have?', 'How many does Mrs. Smith have?'],
    ['The shop opens at 9 a.m. How long is it open?', 'How long is it open?'],
    ['How far does J. Smith go from 9 a.m. to 5 p.m.?', 'How far does J. Smith go from 9 a.m. to 5 p.m.?'],
    ['He starts at 9 a.m. Monday. When is he done?', 'When is he done?'],
    ['A line goes from A to B. How long is it?', 'How long is it?'],
    ['How many are left? Round to the nearest integer.', 'How many are left?'],
    ['Find the sum of 3 and 4.', 'Find the sum of 3 and 4.'],
    ['She has 3 pens. Find their price', 'Find their price'],
    ['If a pen costs $3, how much do 4 pens cost?', 'how much do 4 pens cost?'],
    ['If it costs $1,200, then how much is left?', 'how much is left?'],
    ['"How many, Ben?" she asks.', '"How many, Ben?" she asks.'],
    ['She asks "How many?"', 'She asks "How many?"'],
    ['It costs $5.\nWhat is left?\n', 'What is left?'],
    ['What is $\\frac{1}{2}$ of $3.5?$', 'What is $\\frac{1}{2}$ of $3.5?$'],
    ['Let $a = 2.$ Find $b.$', 'Find $b.$'],
    ['Convert it to 3 m. Enter your answer in the form $(r, 2)$.', 'Convert it to 3 m.'],
    ['5', '5'],
    ['?', '?'],
  ])('of %j is %j', (question, expected) => {
    const asked = findAskedSentence(question);
    expect(asked?.sentence).toBe(expected);
    expect(question.slice(...(asked?.span ?? [0, 0]))).toBe(expected);
  });

  it.each(['', ' ', '\n \t'])('of the blank text %j is nothing', (question) => {
    expect(findAskedSentence(question)).toBeUndefined();
  });
});

describe('splitSentences(text)', () => {
  it('bounds its time on hostile text', () => {
    for (const piece of ['Mr. ', 'A. ', '? ', ', how ', '"\n', '求', '求 ']) {
      const text = `If ${piece.repeat(30_000)}！x`;
      expect(() => [findAskedSentence(text), isAskingSentence(text)]).not.toThrow();
    }
  });

  it.each([
    ['One. Two? Three!', ['One. ', 'Two? ', 'Three!']],
    ['Dr. No paid $3.50. He left.', ['Dr. No paid $3.50. ', 'He left.']],
    ['One\n\nTwo', ['One\n\n', 'Two']],
  ])('cuts %j', (text, expected) => {
    expect(splitSentences(text).map(([start, end]) => text.slice(start, end))).toEqual(expected);
  });
});
