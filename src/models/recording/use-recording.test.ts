import { describe, expect, it } from 'vitest';
import { InputError } from '../../errors.js';
import { useRecording } from './use-recording.js';

describe('useRecording()', () => {
  it('names the recording of a notebook, and forgets it again for a live run', () => {
    const environment: NodeJS.ProcessEnv = {};
    expect(useRecording('metamath', { isLive: false, environment })).toMatch(/^Recorded: /);
    expect(environment).toEqual({
      MATHPIE_REPLAY: expect.stringMatching(/recordings.metamath\.jsonl\.gz$/),
      MATHPIE_REPLAY_MISSING: 'ask',
    });
    expect(useRecording('metamath', { isLive: true, environment })).toMatch(/^Live: /);
    expect(environment).toEqual({});
  });

  it.each([{ MATHPIE_REPLAY: 'a' }, { MATHPIE_RECORD: 'b' }])('leaves %j as it is', (given) => {
    const environment = { ...given };
    for (const isLive of [false, true]) useRecording('metamath', { isLive, environment });
    expect(environment).toEqual(given);
  });

  it('refuses a recording that is not there', () => {
    const use = () => useRecording('no-such', { isLive: false, environment: {} });
    expect(use).toThrow(InputError);
    expect(use).toThrow(/^Cannot use the recording of no-such: there is no .*; work live/);
  });
});
