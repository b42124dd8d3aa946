import { describe, expect, it } from 'vitest';
import { formatDuration, formatProgress } from './format-progress.js';
import { openTerminal } from './terminal.js';

const state = (done: number, more = {}) => ({
  stage: 'respond',
  done,
  total: 4,
  tokens: 1200 * done,
  tokensPerSecond: 1200,
  elapsedMs: 1000 * done,
  remainingMs: 1000 * (4 - done),
  ...more,
});

function record({ isTTY = false, isRead = false, isQuiet = false, isStill = false } = {}) {
  const text = { stdout: '', stderr: '' };
  let time = 0;
  const terminal = openTerminal({
    stdout: { isTTY: isRead, write: (part) => (text.stdout += part) },
    stderr: { isTTY, columns: 80, write: (part) => (text.stderr += part) },
    isQuiet,
    isStill,
    now: () => time,
  });
  return { text, terminal, pass: (durationMs: number) => (time += durationMs) };
}

describe('openTerminal()', () => {
  it('waits for a reader of stdout that is behind, and for no other', async () => {
    const waiting: (() => void)[] = [];
    const slow = {
      writableNeedDrain: true,
      write: () => false,
      once: (_: 'drain', go: () => void) => waiting.push(go),
    };
    const stderr = { write: () => true };
    const behind = openTerminal({ stdout: slow, stderr, isQuiet: false }).drained();
    expect(behind).toBeInstanceOf(Promise);
    for (const go of waiting) go();
    await behind;
    expect(record().terminal.drained()).toBeUndefined();
  });

  it('writes a line every five seconds and at the end when stderr is a file', () => {
    const { text, terminal, pass } = record();
    for (const done of [0, 1, 2, 3, 4]) {
      terminal.progress(state(done));
      pass(2600);
    }
    expect(text.stderr.split('\n').map((line) => line.slice(0, 11))).toEqual(['respond 2/4', 'respond 4/4', '']);
  });

  it('tells no speed where the clock stands still', () => {
    const { text, terminal } = record({ isStill: true });
    for (const done of [0, 2, 4]) terminal.progress(state(done));
    expect(text.stderr).toBe('respond 4/4 (100 %), 4,800 tokens\n');
  });

  it('keeps a line one line, whatever a label of a file holds', () => {
    const { text, terminal } = record();
    terminal.note('  topic x\n100.0 % right\u001b[31m: 1 of 2');
    terminal.fail('Cannot use a\nb');
    expect(text.stderr).toBe('  topic x\\u000a100.0 % right\\u001b[31m: 1 of 2\nCannot use a\\u000ab\n');
  });

  it('redraws one line on a terminal and keeps the last one', () => {
    const { text, terminal, pass } = record({ isTTY: true });
    for (const done of [0, 1, 4]) {
      terminal.progress(state(done));
      pass(200);
    }
    terminal.note('Done');
    const erase = '\r\u001b[2K';
    const [first, second, ...rest] = text.stderr.split(erase);
    expect([first, second]).toEqual([expect.stringMatching(/^respond 0\/4/), expect.stringMatching(/^respond 1\/4/)]);
    expect(rest).toEqual(['respond 4/4 (100 %), 4,800 tokens, 1,200 tokens/s\nDone\n']);
  });

  it('shows no progress and no notes when quiet, but rows and failures', () => {
    const { text, terminal } = record({ isQuiet: true });
    terminal.progress(state(0));
    terminal.note('Done');
    terminal.row({ a: 1 });
    terminal.fail('Cannot');
    expect(text).toEqual({ stdout: '{"a":1}\n', stderr: 'Cannot\n' });
  });

  it.each([
    [
      'a screen shows its begin',
      { isRead: true },
      602,
      '1,409 more characters of this row: all of it goes to a file with > FILE\n',
    ],
    ['a file takes it whole', {}, 2010, ''],
    ['with --quiet a screen too', { isRead: true, isQuiet: true }, 2010, ''],
  ])('of a long row %s', (_, where, length, said) => {
    const { text, terminal } = record(where);
    terminal.row({ a: 'x'.repeat(2001) });
    expect(text.stdout).toHaveLength(length);
    expect(text.stderr).toBe(said);
  });

  it('says nothing of a stage that was complete before', () => {
    const { text, terminal } = record();
    terminal.progress(state(4, { tokens: 0 }));
    expect(text.stderr).toBe('');
  });
});

it.each([
  [state(1), 'respond 1/4 (25 %), 1,200 tokens, 1,200 tokens/s, 3 s left'],
  [state(0, { tokens: 0, remainingMs: undefined }), 'respond 0/4 (0 %)'],
  [
    state(2, { failed: 1, costUsd: 0.0123 }),
    'respond 2/4 (50 %), 1 failed, 2,400 tokens, 1,200 tokens/s, $0.0123, 2 s left',
  ],
  [state(3, { failed: 1, leftOut: 2, tokens: 0 }), 'respond 3/4 (75 %), 1 failed, 2 left out, 1 s left'],
  [state(4), 'respond 4/4 (100 %), 4,800 tokens, 1,200 tokens/s'],
])('formatProgress() of %o', (progress, line) => {
  expect(formatProgress(progress)).toBe(line);
});

it.each([
  [0, '0 s'],
  [59_400, '59 s'],
  [185_000, '3 min 5 s'],
  [7_620_000, '2 h 7 min'],
])('formatDuration(%i) is %s', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});
