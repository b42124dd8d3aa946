import { expect, it } from 'vitest';
import { streamCompletions } from './completion-stream.js';
import type { Completion } from './language-model.js';

const completion: Completion = {
  ...{ requestId: 'a', sample: 0, text: 'x', finishReason: 'stop', promptTokens: 1, completionTokens: 1 },
};

it('what a caller throws on progress ends its own stream, and not the engine that told it', async () => {
  let heard: unknown = 'nothing';
  const onProgress = (): void => {
    throw new Error('the bar broke');
  };
  const stream = streamCompletions({
    total: 2,
    options: { onProgress },
    produce: ({ push }) => {
      queueMicrotask(() => {
        try {
          push(completion);
        } catch (error) {
          heard = error;
        }
      });
      return undefined;
    },
  });
  await expect(stream.next()).resolves.toMatchObject({ value: completion });
  await expect(stream.next()).rejects.toThrow('the bar broke');
  expect(heard).toBe('nothing');
});

it('tells no progress of what is finished after the caller broke off', async () => {
  const told: number[] = [];
  let late: () => void = () => undefined;
  const stream = streamCompletions({
    total: 3,
    options: { onProgress: ({ done }) => told.push(done) },
    produce: ({ push }) => {
      push(completion);
      late = () => push(completion);
      return undefined;
    },
  });
  for await (const _ of stream) break;
  late();
  expect(told).toEqual([1]);
});
