import { describe, expect, it } from 'vitest';
import { hideSecrets } from './hide-secrets.js';
import { type Launch, launchWords } from './launch-words.js';
import { quoteWords } from './quote-words.js';

describe('launchWords()', () => {
  it.each<[Launch, string]>([
    [{}, 'a.py c.json'],
    [{ gpus: 1 }, 'a.py c.json'],
    [{ gpus: 8 }, '-m torch.distributed.run --nproc-per-node=8 --standalone a.py c.json'],
    [{ launcher: 'torchrun' }, '-m torch.distributed.run --nproc-per-node=1 --standalone a.py c.json'],
    [
      { gpus: 8, nodes: 2, nodeRank: 1, rendezvous: 'host0:29500' },
      '-m torch.distributed.run --nproc-per-node=8 --nnodes=2 --node-rank=1 --master-addr=host0 --master-port=29500 a.py c.json',
    ],
  ])('%j', (launch, words) => {
    expect(launchWords(['a.py', 'c.json'], launch).join(' ')).toBe(words);
  });

  it.each<[Launch, RegExp]>([
    [{ launcher: 'python', gpus: 2 }, /^Cannot start 2 processes on 1 host with plain python/],
    [{ nodes: 2 }, /^Cannot start on 2 hosts: no rendezvous; give HOST:PORT of host 0/],
    [{ nodes: 2, rendezvous: 'host0' }, /"host0" is no HOST:PORT/],
    ...[0, -1, 1.5, Number.NaN, '2' as unknown as number].flatMap((count): [Launch, RegExp][] => [
      [{ gpus: count }, /^Cannot start: gpus is .+; give a whole number from 1 on$/],
      [{ nodes: count, rendezvous: 'a:1' }, /^Cannot start: nodes is .+; give a whole number from 1 on$/],
    ]),
    [{ nodes: 2, nodeRank: 0.5, rendezvous: 'a:1' }, /^Cannot start: nodeRank is 0.5; give a whole number from 0 on$/],
    [{ nodes: 2, nodeRank: 2, rendezvous: 'a:1' }, /^Cannot start host 2 of 2: hosts are counted from 0 to 1/],
  ])('refuses %j', (launch, reason) => {
    expect(() => launchWords(['a.py'], launch)).toThrow(reason);
  });
});

it.each([
  [['python3', 'a b', "it's", '--set=x'], `python3 'a b' 'it'\\''s' --set=x`],
  [['$(x)', '`', ''], `'$(x)' '\`' ''`],
])('quoteWords(%j)', (words, text) => {
  expect(quoteWords(words)).toBe(text);
});

it.each([
  ['token is abcdefgh12', 'token is …'],
  ['key sk-0123456789abcdefXYZ.', 'key ….'],
  ['hf_abcdefghijklmnopqrst in a config', '… in a config'],
  ['short true, home /home/me', 'short true, home /home/me'],
])('hideSecrets() of %j', (text, safe) => {
  const environment = { HF_TOKEN: 'abcdefgh12', USE_KEY: 'true', HOME: '/home/me' };
  expect(hideSecrets(environment)(text)).toBe(safe);
});
