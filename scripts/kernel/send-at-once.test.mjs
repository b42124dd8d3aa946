import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const require = createRequire(import.meta.url);
require('./send-at-once.cjs');
const { Publisher } = createRequire(require.resolve('tslab/package.json'))('zeromq');

describe('a publisher of the kernel', () => {
  const publisher = new Publisher();
  beforeAll(() => publisher.bind('tcp://127.0.0.1:*'));
  afterAll(() => publisher.close());

  it('sends far more than 512 messages in one turn of the event loop', async () => {
    const sent = Array.from({ length: 2000 }, (_, index) => publisher.send(`${index}`));
    await expect(Promise.all(sent)).resolves.toHaveLength(2000);
  });
});
