import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../prepare/paths.mjs';

const program =
  'console.log(JSON.stringify([new Date(), Date.now(), new Date(5), Date.parse("1970-01-02"), new Date() instanceof Date, performance.now()]))';

const tell = (clock) =>
  JSON.parse(
    execFileSync(process.execPath, ['--require', inRoot('scripts', 'kernel', 'fixed-clock.cjs'), '-e', program], {
      env: { ...process.env, MATHPIE_CLOCK: clock },
      encoding: 'utf8',
    }),
  );

describe('fixed-clock.cjs', () => {
  it('stops the clock at the time that is given, and leaves other dates alone', () => {
    const time = '2026-01-01T00:00:00.000Z';
    expect(tell(time)).toEqual([time, Date.parse(time), '1970-01-01T00:00:00.005Z', 86_400_000, true, 0]);
  });

  it.each(['', 'noon'])('does nothing with %j', (clock) => {
    const [, now, , , , performanceNow] = tell(clock);
    expect(Math.abs(now - Date.now())).toBeLessThan(60_000);
    expect(performanceNow).toBeGreaterThan(0);
  });
});
