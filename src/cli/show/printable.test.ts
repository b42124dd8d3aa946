import { describe, expect, it } from 'vitest';
import { printable, printableJson } from './printable.js';
import { openTerminal } from './terminal.js';

const hostile = [
  ['a colour', 'a\u001b[31mred', 'a\\u001b[31mred'],
  ['a title', '\u001b]0;owned\u0007', '\\u001b]0;owned\\u0007'],
  ['a C1 control', 'a\u009b2Jb', 'a\\u009b2Jb'],
  ['a carriage return', 'right\rwrong', 'right\\u000dwrong'],
  ['a backspace and a delete', 'a\b\u007f', 'a\\u0008\\u007f'],
  ['a turn of direction', 'a\u202Eb\u2066c', 'a\\u202eb\\u2066c'],
  ['a line end of Unicode', 'a\u2028b', 'a\\u2028b'],
  ['text, tab and line end', 'é 数\t\n', 'é 数\t\n'],
] as const;

describe('printable(text)', () => {
  it.each(hostile)('%s', (_, text, shown) => expect(printable(text)).toBe(shown));

  it.each(hostile)('%s in a line of JSON is the same value when it is read', (_, text) => {
    const line = printableJson({ id: text });
    expect(JSON.parse(line)).toEqual({ id: text });
    expect(printable(line)).toBe(line);
  });

  it.each(hostile)('%s never reaches a terminal raw, by rows, notes, failures or progress', (_, text) => {
    let written = '';
    const writer = { isTTY: true, columns: 400, write: (part: string) => (written += part) };
    const terminal = openTerminal({ stdout: writer, stderr: writer, isQuiet: false });
    terminal.row({ id: text });
    terminal.note(text);
    terminal.fail(text);
    terminal.progress({ stage: text, done: 0, total: 2, tokens: 0, tokensPerSecond: 0, elapsedMs: 0, remainingMs: 1 });
    // The terminal's own line is redrawn by these
    const own = written.replaceAll('\r\u001b[2K', '');
    expect(own).toBe(printable(own));
  });
});
