import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { problemsFrom } from './problems-from.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-problems-from-'));
afterAll(() => rmSync(root, { recursive: true }));
const own = join(root, 'own.jsonl');
const rows = Array.from({ length: 60 }, (_, index) => ({ id: `p${index}`, question: `${index} + 1?`, answer: '2' }));
writeFileSync(own, [...rows, { ...rows[0], id: 'again' }].map((row) => `${JSON.stringify(row)}\n`).join(''));
mkdirSync(join(root, 'datasets', 'gsm8k'), { recursive: true });
for (const split of ['train', 'test']) {
  const lines = Array.from({ length: 9 }, (_, at) => JSON.stringify({ question: `${split} ${at}?`, answer: '#### 3' }));
  writeFileSync(join(root, 'datasets', 'gsm8k', `${split}.jsonl`), `${lines.join('\n')}\n`);
}
const folder = join(root, 'datasets');

describe('problemsFrom(source, options)', () => {
  it('asks the grammar for its subjects and levels', async () => {
    const wanted = { subjects: ['Arithmetic'], levels: [2] };
    const problems = await problemsFrom('pocket', { count: 5, seed: 1, split: 'train', ...wanted });
    expect(problems.map(({ subject, level }) => `${subject} ${level}`)).toEqual(Array(5).fill('Arithmetic 2'));
  });

  it.each(['train', 'test'] as const)('takes the published split %s where it lies already', async (split) => {
    const problems = await problemsFrom('gsm8k', { count: 4, seed: 1, split, folder });
    expect(problems).toHaveLength(4);
    expect(problems.every(({ question, answer }) => question.startsWith(split) && answer === '3')).toBe(true);
    expect(await problemsFrom('gsm8k', { count: 4, seed: 1, split, folder })).toEqual(problems);
    expect(await problemsFrom('gsm8k', { count: 4, seed: 2, split, folder })).not.toEqual(problems);
  });

  it('parts a file of one’s own, so that nothing is tested on that was grown from', async () => {
    const [train, test] = await Promise.all(
      (['train', 'test'] as const).map((split) => problemsFrom(own, { count: 60, seed: 1, split })),
    );
    const questions = [...(train ?? []), ...(test ?? [])].map(({ question }) => question);
    expect([questions.length, new Set(questions).size]).toEqual([60, 60]);
  });

  it('leaves out what is named', async () => {
    const all = await problemsFrom('gsm8k', { count: 9, seed: 1, split: 'test', folder });
    const rest = await problemsFrom('gsm8k', { count: 9, seed: 1, split: 'test', folder, without: all.slice(0, 2) });
    expect(rest).toEqual(all.slice(2));
  });

  it.each([
    [own, 0, /^Cannot choose 0 problems/],
    [join(root, 'none.jsonl'), 3, /none\.jsonl/],
  ])('refuses %s with %i', async (source, count, message) => {
    await expect(problemsFrom(source, { count, seed: 1, split: 'train' })).rejects.toThrow(message);
  });
});
