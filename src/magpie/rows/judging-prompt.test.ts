import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packagePath } from '../../package-root.js';
import { judgingPrompt, judgingPromptName } from './judging-prompt.js';

const { version, ...prompts } = JSON.parse(readFileSync(packagePath('configs', 'magpie-prompts.json'), 'utf8'));

describe('configs/magpie-prompts.json', () => {
  it('changes its number with its words: rows name it', () => {
    const hash = createHash('sha256').update(JSON.stringify(prompts)).digest('hex').slice(0, 12);
    expect({ version, hash }).toEqual({ version: 2, hash: 'fb6a0498b34f' });
  });

  it.each([
    ['grade', { question: 'Q {words}', solution: 'S' }, 'Problem:\nQ {words}\n\nSolution:\nS\n'],
    ['quality', { question: 'Q', words: 'good, poor' }, '"input_quality": one of good, poor}'],
    ['safety', { question: 'Q', solution: 'S $&' }, 'Assistant:\n<<<\nS $&\n>>>'],
  ] as const)('%s takes values as they are', (kind, values, part) => {
    expect(judgingPrompt(kind, values)).toContain(part);
    expect(judgingPromptName(kind)).toBe(`${kind}@${version}`);
  });

  it('a prompt that would lose a value is refused', () => {
    expect(() => judgingPrompt('grade', { question: 'Q' })).toThrow(
      'Cannot render prompt "grade": missing variables "solution"',
    );
  });
});
