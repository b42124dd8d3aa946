import { describe, expect, it } from 'vitest';
import { InputError } from '../../errors.js';
import { describeGolds, requireGolds } from './require-golds.js';

const good = { id: 'good', gold: '12' };
const empty = { id: 'empty', gold: '$$' };
const unparsed = { id: 'half', gold: '\\frac{1}{' };
const words = { id: 'words', gold: '\\text{even}' };

describe('requireGolds()', () => {
  it('lets sound golds pass without a word', async () => {
    const report = await requireGolds([good, words], { action: 'evaluate', strictGolds: true });
    expect(describeGolds(report)).toEqual([]);
  });

  it('warns of broken golds by name while some are sound', async () => {
    expect(describeGolds(await requireGolds([good, empty, unparsed], { action: 'evaluate' }))).toEqual([
      'Warning: 1 of 3 gold answers can be matched by no answer: "empty" ($$, empty)',
      'Warning: 1 of 3 gold answers do not parse and can be matched by the same characters alone: "half" (\\frac{1}{, unparsed)',
    ]);
  });

  it.each([
    [
      [empty],
      false,
      'Cannot evaluate: no answer can match any of the 1 gold answers ("empty" ($$, empty)); correct the data',
    ],
    [[good, empty], true, '1 of 2 gold answers do not parse or do not equal themselves ("empty" ($$, empty))'],
    [[good, unparsed], true, '("half" (\\frac{1}{, unparsed))'],
  ])('refuses %j, strict: %j', async (rows, strictGolds, message) => {
    const refused = requireGolds(rows, { action: 'evaluate', strictGolds });
    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow(message);
  });

  it('names five and shows a hostile gold as one short line', async () => {
    const rows = Array.from({ length: 9 }, (_, index) => ({ id: `r${index}`, gold: '$\n$' }));
    const [line = ''] = describeGolds(await requireGolds([good, ...rows], { action: 'evaluate' }));
    expect(line.match(/"r\d"/g)).toHaveLength(5);
    expect(line).toMatch(/, …$/);
    const long = { id: 'long', gold: `\\frac{\u001b[31m\n${'x'.repeat(9000)}` };
    const [shown = ''] = describeGolds(await requireGolds([good, long], { action: 'evaluate' }));
    expect(shown.length).toBeLessThan(160);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there is none is the fact
    expect(shown).not.toMatch(/[\u0000-\u001f]/);
  });

  it('does not speak of no rows', async () => {
    expect((await requireGolds([], { action: 'evaluate' })).count).toBe(0);
  });
});
