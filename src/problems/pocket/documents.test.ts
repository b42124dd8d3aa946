import { describe, expect, it } from 'vitest';
import { backwardProblems } from './backward.js';
import { pocketDocuments } from './documents.js';
import { splitOf } from './draw-story.js';
import { pocketStory } from './generate.js';
import { createRandom } from './random.js';
import { recognizePocket } from './recognize.js';
import { type Solved, solveStory, writeQuestion } from './story.js';
import { wrongSolution } from './wrong-solution.js';

const prompt = (task: string, values: Readonly<Record<string, string>>): string =>
  [task, ...Object.entries(values).map(([name, value]) => `${name}=${value}`)].join('\n');
const documents = [...pocketDocuments({ count: 6000, seed: 9, prompt })];
const stories = Array.from({ length: 1500 }, (_, index) => pocketStory({ index, seed: 4, split: 'train' }).story);
const value = (user: string, name: string): string => user.split(`${name}=`)[1]?.split('\n')[0] ?? '';

describe('pocketDocuments()', () => {
  it('writes every task in about its share', () => {
    const count = (task: string): number => documents.filter((document) => document.task === task).length;
    expect(count('solve')).toBeGreaterThan(2700);
    for (const task of ['judge', 'backward-fobar', 'backward-self-verification', 'rephrase'])
      expect(count(task), task).toBeGreaterThan(250);
    expect(count('statement')).toBeGreaterThan(80);
  });

  it('can start anywhere, so that shards put together are the whole', () => {
    const tail = [...pocketDocuments({ first: 100, count: 50, seed: 9, prompt })];
    expect(tail).toEqual(documents.slice(100, 150));
  });

  it('can leave out harder problems, and the work above level 1', () => {
    const short = [...pocketDocuments({ count: 600, seed: 9, hardest: 2, bareShare: 0.6, prompt })];
    const solved = short.filter(({ task }) => task === 'solve');
    const bare = solved.filter(({ reply }) => reply.startsWith('The answer is')).length / solved.length;
    // No problem of level 1 is bare, and 60 % of level 2 are.
    expect(bare).toBeGreaterThan(0.23);
    expect(bare).toBeLessThan(0.37);
    for (const { user } of solved) expect(recognizePocket(value(user, 'question'))?.steps ?? 1).toBeLessThan(7);
    expect([...pocketDocuments({ first: 100, count: 50, seed: 9, hardest: 2, bareShare: 0.6, prompt })]).toEqual(
      short.slice(100, 150),
    );
  });

  it('is made of train problems alone', () => {
    for (const { task, user } of documents) {
      if (task !== 'solve' && task !== 'rephrase') continue;
      const read = recognizePocket(value(user, 'question'));
      expect(read && splitOf(read.story), user).toBe('train');
    }
  });

  it('learns the user turn only where it is a problem', () => {
    expect(documents.filter((document) => document.learnsUser !== (document.task === 'solve'))).toEqual([]);
  });

  it('rephrases into another text with the same answer and the same numbers', () => {
    for (const { task, user, reply } of documents) {
      if (task !== 'rephrase') continue;
      const question = value(user, 'question');
      expect(reply).not.toBe(question);
      expect(recognizePocket(reply)?.answer).toBe(recognizePocket(question)?.answer);
      const numbers = (text: string): string => (text.match(/\d+(\.\d+)?/g) ?? []).sort().join();
      expect(numbers(reply)).toBe(numbers(question));
    }
  });

  it('states the answer in every statement', () => {
    for (const { task, user, reply } of documents)
      if (task === 'statement') expect(reply).toContain(user.split('answer=')[1]);
  });

  it('judges half of the solutions wrong', () => {
    const judged = documents.filter((document) => document.task === 'judge').map((document) => document.reply);
    const yes = judged.filter((reply) => reply === 'yes').length / judged.length;
    expect(yes).toBeGreaterThan(0.4);
    expect(yes).toBeLessThan(0.6);
  });
});

describe('backwardProblems()', () => {
  it('hides one number, and putting its answer back gives the question', () => {
    let count = 0;
    for (const story of stories) {
      for (const { masked, answer } of backwardProblems(story)) {
        count++;
        const shown = answer.replace(/\\frac\{(\d+)\}\{(\d+)\}/, '$1/$2');
        expect(masked.replace(/\bx\b/, shown)).toBe(writeQuestion(story));
      }
    }
    expect(count).toBeGreaterThan(1000);
  });
});

describe('wrongSolution()', () => {
  it('ends in another answer than the right one', () => {
    const random = createRandom('wrong');
    for (const story of stories.slice(0, 500)) {
      const solved = solveStory(story) as Solved;
      const wrong = wrongSolution(random, story, solved);
      if (wrong) expect(wrong.answer).not.toBe(solved.answer);
    }
  });
});
