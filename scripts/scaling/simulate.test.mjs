import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/answers/numbers/sample-points.ts';
import { inRoot } from '../prepare/paths.mjs';
import { simulate as simulateWith } from './simulate.mjs';

const hardware = JSON.parse(readFileSync(inRoot('configs', 'scaling.json'), 'utf8'));
const even = {
  engine: { ...hardware.engine, spread: 0, slowShare: 0 },
  failures: { ...hardware.failures, meanSecondsBetween: 1e12 },
  driver: { ...hardware.driver, secondsPerExchange: 0, secondsPerRequest: 0, secondsPerScannedRequest: 0 },
};
const simulate = (settings) => simulateWith({ random: seededRandom(settings.seed ?? 1), ...settings });
const perSecond = hardware.engine.tokensPerSecond / hardware.engine.tokensPerRequest;

describe('simulate()', () => {
  it('without failures, slow engines and a driver that costs time, is division', () => {
    const { requestsPerSecond, gpuBusy, lost, repeatedShare } = simulate({ gpus: 10, requests: 1e7, hardware: even });
    expect(requestsPerSecond / (10 * perSecond)).toBeCloseTo(1, 2);
    expect(gpuBusy).toBeGreaterThan(0.98);
    expect([lost, repeatedShare]).toEqual([0, 0]);
  });

  it('a driver that takes a millisecond a request gives a thousand a second, whatever the GPUs', () => {
    const driver = { ...even.driver, secondsPerRequest: 1e-3 };
    const { requestsPerSecond, driverBusy } = simulate({ gpus: 100, requests: 3e6, hardware: { ...even, driver } });
    expect(requestsPerSecond).toBeGreaterThan(900);
    expect(requestsPerSecond).toBeLessThan(1010);
    expect(driverBusy).toBeGreaterThan(0.9);
  });

  it('loses engines as often as they fail, and repeats only what they held', () => {
    const failures = { ...even.failures, meanSecondsBetween: 3600 };
    const found = simulate({ gpus: 20, requests: 1e7, hardware: { ...even, failures } });
    expect(found.lost / ((20 * found.hours * 3600) / 3600)).toBeCloseTo(1, 0);
    expect(found.repeatedShare * 1e7).toBeLessThanOrEqual(found.lost * hardware.engine.window);
  });

  it('ends no earlier than the last arrival', () => {
    const found = simulate({ gpus: 10, requests: 1e6, arrivalsPerSecond: 100, hardware: even });
    expect(found.hours * 3600).toBeGreaterThanOrEqual(1e6 / 100);
    expect(found.gpuBusy).toBeLessThan(0.2);
  });

  it('is the same for the same seed', () => {
    const run = (seed) => simulate({ gpus: 30, requests: 1e6, seed, hardware });
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
  });
});
