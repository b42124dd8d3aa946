import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HubError, InputError } from '../errors.js';
import { type HubServer, startHubServer } from './__fixtures__/hub-server.js';
import { exportPreference, exportSft } from './export-rows.js';
import { planUpload } from './plan-upload.js';
import { publish } from './publish.js';

const token = 'hf_not_a_real_token_of_anybody';
const grown = { id: 'a', query: 'What is 3 + 4?', response: 'It is 7.', type: 'GSM_AnsAug', model: 'pocket' };
let directory = '';
let file = '';
let hub: HubServer;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'publish-'));
  file = join(directory, 'sft.jsonl');
  await exportSft({ rows: [grown, { ...grown, query: 'What is 3 + 5?', response: 'It is 8.' }], file });
  hub = await startHubServer({ token });
});
afterEach(async () => {
  await hub.close();
  await rm(directory, { recursive: true, force: true });
});

const plan = (options: { isPublic?: boolean; repo?: string } = {}) =>
  planUpload({ file, repo: 'me/sums', hubUrl: hub.url, ...options });

describe('planUpload()', () => {
  it('tells what would be sent, private by default, and asks nobody', async () => {
    const planned = await plan();
    expect(planned).toMatchObject({ visibility: 'private', rows: 2, card: join(directory, 'README.md') });
    expect(planned.files.map(({ path }) => path)).toEqual(['README.md', 'sft.jsonl']);
    expect(planned.warnings).toEqual([
      'Overlap with test sets was not checked: export again with a test set',
      'No licence is chosen: export again with one',
    ]);
    expect(hub.requests).toEqual([]);
  });

  it('sends the part for tests too, and refuses it once it was changed', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => ({ ...grown, query: `What is ${index} + 4?` }));
    const made = await exportSft({ rows, file, testShare: 0.25 });
    expect(made.rows + (made.test?.rows ?? 0)).toBe(40);
    const planned = await plan();
    expect(planned.files.map(({ path }) => path)).toEqual(['README.md', 'sft.jsonl', 'sft.test.jsonl']);
    expect(planned.rows).toBe(40);
    expect(await readFile(planned.card, 'utf8')).toContain('      - split: "test"\n        path: "sft.test.jsonl"');
    await writeFile(join(directory, 'sft.test.jsonl'), '{}\n');
    await expect(plan()).rejects.toThrow('it was changed after it was exported');
  });

  it('warns of nothing where a test set was kept apart and a licence chosen', async () => {
    const test = join(directory, 'test.jsonl');
    await writeFile(
      test,
      `${JSON.stringify({ question: 'How many legs do three dogs and one cat have together, all in all?' })}\n`,
    );
    await exportSft({ rows: [grown], file, tests: [test], card: { licence: 'mit' } });
    expect((await plan()).warnings).toEqual([]);
  });

  it.each([
    ['sums', 'give OWNER/NAME'],
    ['me/../x', 'give OWNER/NAME'],
  ])('refuses the repository %j', async (repo, message) => {
    await expect(plan({ repo })).rejects.toThrow(message);
  });

  it('refuses to send a token in the clear', async () => {
    await expect(planUpload({ file, repo: 'me/sums', hubUrl: 'http://hub.example' })).rejects.toThrow(
      'give an https:// address',
    );
  });

  it('refuses a file that mathpie did not write, or that was changed', async () => {
    const other = join(directory, 'other.jsonl');
    await writeFile(other, '{}\n');
    await expect(planUpload({ file: other, repo: 'me/sums' })).rejects.toThrow('says where it is from');
    await writeFile(file, `${await readFile(file, 'utf8')}{}\n`);
    await expect(plan()).rejects.toThrow('it was changed after it was exported');
  });

  it('refuses a run that is not complete', async () => {
    const run = join(directory, 'run');
    await exportSft({ rows: [grown], file, run: await unfinishedRun(run) });
    await expect(plan()).rejects.toThrow('its run was not complete (respond had not ended)');
  });

  it('refuses rows that hold a key, naming the line', async () => {
    await exportSft({ rows: [grown, { ...grown, response: 'My key is hf_abcdefghijklmnopqrst' }], file });
    const work = plan();
    await expect(work).rejects.toThrow(InputError);
    await expect(work).rejects.toThrow('sft.jsonl:2: it holds something like a secret key');
  });

  it('refuses a set without its card', async () => {
    await rm(join(directory, 'README.md'));
    await expect(plan()).rejects.toThrow('its card');
  });
});

describe('publish()', () => {
  it('makes the repository, sends large files by LFS and the card in the commit', async () => {
    const phases: string[] = [];
    const done = await publish(await plan(), { token, onPhase: (phase) => phases.push(phase) });
    expect(done).toEqual({
      url: `${hub.url}/datasets/me/sums`,
      commit: 'c0ffee',
      uploaded: ['README.md', 'sft.jsonl'],
      unchanged: [],
    });
    const repo = hub.repos.get('me/sums');
    expect(repo?.isPrivate).toBe(true);
    expect(repo?.files.get('sft.jsonl')).toEqual({ bytes: await readFile(file), isLarge: true });
    expect(repo?.files.get('README.md')).toEqual({
      bytes: await readFile(join(directory, 'README.md')),
      isLarge: false,
    });
    expect(phases).toContain('committing');
  });

  it('sends nothing twice: all the same is no commit, a new card alone is one file', async () => {
    await publish(await plan(), { token });
    expect(await publish(await plan(), { token })).toMatchObject({
      commit: null,
      unchanged: ['README.md', 'sft.jsonl'],
    });
    const card = join(directory, 'README.md');
    await writeFile(card, `${await readFile(card, 'utf8')}\nMore.\n`);
    expect(await publish(await plan(), { token })).toMatchObject({ uploaded: ['README.md'], unchanged: ['sft.jsonl'] });
  });

  it('goes on after a connection that was cut, without sending the large file again', async () => {
    hub.fail = { word: '/commit/', status: 0 };
    await expect(publish(await plan(), { token })).rejects.toThrow('run the same command again');
    hub.requests.length = 0;
    expect(await publish(await plan(), { token })).toMatchObject({ commit: 'c0ffee' });
    expect(hub.requests.filter((request) => request.startsWith('PUT'))).toEqual([]);
  });

  it.each([
    ['/create', 401, 'does not know the token'],
    ['/create', 403, 'may not write there'],
    ['/commit/', 409, 'somebody else committed'],
    ['/large/', 500, 'the hub answered 500'],
    ['/large/', 0, 'the connection was cut'],
    ['/preupload/', 429, 'fewer requests'],
  ])('says in one line, without the token, that %s failed with %i', async (word, status, message) => {
    hub.fail = { word, status };
    const error = await publish(await plan(), { token }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(HubError);
    expect((error as HubError).message).toContain(message);
    expect((error as HubError).message).not.toContain('\n');
    expect(JSON.stringify([String(error), (error as HubError).cause ?? null])).not.toContain(token);
    expect((error as HubError).status).toBe(status === 0 ? undefined : status);
  });

  it('does not put a private set into a repository that is public', async () => {
    hub.repos.set('me/sums', { isPrivate: false, files: new Map() });
    await expect(publish(await plan(), { token })).rejects.toThrow('already and public; pass public');
    expect(await publish(await plan({ isPublic: true }), { token })).toMatchObject({ commit: 'c0ffee' });
  });

  it.each([
    [undefined, 'HF_TOKEN is not set'],
    ['  ', 'HF_TOKEN is not set'],
    ['secret', 'does not begin with hf_'],
  ])('asks for a token before it asks the hub, given %j', async (given, message) => {
    await expect(publish(await plan(), { token: given })).rejects.toThrow(message);
    expect(hub.requests).toEqual([]);
  });

  it('sends pairs as well', async () => {
    const pair = {
      id: 1,
      instruction: 'What is 3 + 4?',
      preferred_response: 'It is 7.',
      rejected_response: 'It is 8.',
    };
    const pairs = join(directory, 'pairs.jsonl');
    await exportPreference({ rows: [pair], file: pairs });
    const done = await publish(await planUpload({ file: pairs, repo: 'me/pairs', hubUrl: hub.url }), { token });
    expect(done.uploaded).toEqual(['README.md', 'pairs.jsonl']);
    expect(hub.repos.get('me/pairs')?.files.get('README.md')?.bytes.toString()).toContain('pairs.jsonl');
  });
});

async function unfinishedRun(run: string): Promise<string> {
  const { mkdir } = await import('node:fs/promises');
  await mkdir(run);
  const stages = { instruct: { model: 'pocket', count: 2 }, respond: { model: 'pocket' } };
  await writeFile(
    join(run, 'config.json'),
    JSON.stringify({ mathpie: '0.1.0', startedAt: '2026-01-01', seed: 1, stages }),
  );
  const finished = { instruct: { summary: { rows: 2, drawn: 3, rejected: { length: 1 } } } };
  await writeFile(join(run, 'manifest.json'), JSON.stringify({ stages: {}, finished, files: {}, artifacts: [] }));
  return run;
}
