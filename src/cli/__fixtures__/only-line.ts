import { expect } from 'vitest';

/** The one line, without its end. */
export function onlyLine(stderr: string): string {
  expect(stderr.endsWith('\n') && stderr.indexOf('\n') === stderr.length - 1, stderr).toBe(true);
  return stderr.trimEnd();
}
