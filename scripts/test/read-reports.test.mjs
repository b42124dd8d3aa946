import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPytestReport } from './read-pytest-report.mjs';
import { readVitestReport } from './read-vitest-report.mjs';

function write(text) {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'mathpie-report-')), 'report');
  writeFileSync(file, text);
  return file;
}

const vitest = (numPassedTests, numFailedTests, testResults) =>
  JSON.stringify({ numPassedTests, numFailedTests, testResults });
const suite = (counts) => `<?xml version="1.0"?><testsuites name="x"><testsuite name="pytest" ${counts}><testcase/>`;

describe('readVitestReport(file)', () => {
  it.each([
    ['counts tests', vitest(5, 2, [{ status: 'failed', assertionResults: [{}] }]), { passed: 5, failed: 2 }],
    [
      'counts a file that did not load',
      vitest(5, 0, [{ status: 'failed', assertionResults: [] }]),
      { passed: 5, failed: 1 },
    ],
    ['counts a broken report as one failure', '{', { passed: 0, failed: 1 }],
  ])('%s', (_, text, expected) => expect(readVitestReport(write(text))).toEqual(expected));

  it('counts a missing report as one failure', () => {
    expect(readVitestReport('/nowhere/report.json')).toEqual({ passed: 0, failed: 1 });
  });
});

describe('readPytestReport(file)', () => {
  it.each([
    ['counts tests', suite('errors="0" failures="0" skipped="0" tests="7"'), { passed: 7, failed: 0 }],
    [
      'counts errors as failures and skips as neither',
      suite('errors="1" failures="2" skipped="1" tests="7"'),
      { passed: 3, failed: 3 },
    ],
    ['counts a broken report as one failure', '<xml>', { passed: 0, failed: 1 }],
  ])('%s', (_, text, expected) => expect(readPytestReport(write(text))).toEqual(expected));
});
