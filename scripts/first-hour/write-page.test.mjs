import { describe, expect, it } from 'vitest';
import { ownAnswers } from './clone-steps.mjs';
import { terminalPage } from './terminal-page.mjs';
import { writePage } from './write-page.mjs';

describe('writePage()', () => {
  const steps = [
    { name: 'build', typed: 'npm run build', sees: 'packages' },
    { name: 'stop', typed: 'the stop button', sees: 'one line' },
    { name: 'later', typed: 'npx mathpie lab', sees: 'Lab' },
  ];
  const results = {
    build: { seconds: 30, load: 0.5, facts: {} },
    stop: { seconds: 6, load: 2, facts: { 'until it stopped': '0.4 s' } },
  };

  it('has a row for each step that was taken, with its minutes and what was measured', () => {
    const page = writePage({ steps, results, day: '2026-01-01' });
    expect(page).toContain('| 1 | `npm run build` | 0.5 | 1 | packages |');
    expect(page).toContain('| 2 | the stop button | 0.1 | 2 | one line; until it stopped 0.4 s |');
    expect(page).toContain('(1 to 2; ');
    expect(page).toContain('0.6 minutes of waiting in all');
    expect(page).not.toContain('mathpie lab');
  });
});

describe('terminalPage(line, output)', () => {
  it('shows what stood on the screen in the end, folded and escaped', () => {
    const page = terminalPage(
      'npm x',
      `⠋\u001b[1G\u001b[0K⠙\u001b[1G\u001b[0Ka\rb <i>\n${'y'.repeat(150)}\u001b[1mz\u001b[0m`,
    );
    expect(page).toContain(`$ npm x\nb &lt;i>\n${'y'.repeat(100)}\n${'y'.repeat(50)}z</pre>`);
  });
});

it('ownAnswers() keeps what somebody would have who asked elsewhere', () => {
  expect(ownAnswers('{"question":"q","gold":"1","response":"r","level":2,"correct":true}\n')).toBe(
    '{"question":"q","gold":"1","response":"r","level":2}\n',
  );
});
