import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The life of a datum. A file imports from its own folder and from folders to the left, never to the right. */
const order = [
  'language', // words for people; a catalogue that asks nobody
  'answers', // pure judgement: needs nobody, and problems, metamath and magpie all ask it
  'storage',
  'problems',
  'prompts',
  'gpu', // starts python-gpu; models/vllm is built on it
  'models',
  'runs',
  'selection', // which rows to keep: metamath and magpie both ask it
  'steps', // what a step is; what metamath and magpie share when they ask a model
  'metamath',
  'magpie',
  'evaluation',
  'analysis',
  'display',
  'export',
  'ablation', // trains and compares: asks all of the folders before it
  'reference', // documents and schemas read from the steps' own definitions
  'cli',
];

/** The same inside the big folders; files that lie in no room may import all of them, and only commands.ts the commands. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  answers: ['numbers', 'parse', 'extract', 'compare', 'steps', 'grade', 'samples'],
  magpie: ['rows', 'draw', 'solve', 'compare', 'tag', 'choose'],
  cli: ['show', 'declare', 'options', '', 'commands'],
};

const source = resolve(import.meta.dirname);
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));
const isTest = (file: string): boolean => file.endsWith('.test.ts') || file.includes('__fixtures__');

/** [file, imported file], both below src/. */
const imports = files.flatMap((file) =>
  [...readFileSync(join(source, file), 'utf8').matchAll(/(?:from|import\()\s*'(\.{1,2}\/[^']+)'/g)]
    .map((match) => relative(source, resolve(source, dirname(file), match[1] ?? '')).replaceAll('\\', '/'))
    .filter((target) => !target.startsWith('..'))
    .map((target) => [file, target.replace(/\.js$/, '.ts')] as const),
);

describe('imports in src/', () => {
  it('every folder, and every room of a big folder, has a place in its order', () => {
    const unknown = files.filter((file) => {
      const [folder = '', room = '', rest] = file.split('/');
      if (!file.includes('/') || folder === '__fixtures__') return false;
      return (
        !order.includes(folder) || (rest !== undefined && !isTest(file) && rooms[folder]?.includes(room) === false)
      );
    });
    expect(unknown).toEqual([]);
  });

  it('a file imports only from its own folder and from folders before it', () => {
    const rank = (file: string): number => {
      if (file.includes('/')) return order.indexOf(file.split('/')[0] ?? '');
      if (file === 'all-steps.ts' || file === 'run-recipe.ts') return order.indexOf('export'); // the steps of all folders
      return file === 'index.ts' || file.endsWith('.test.ts') ? Infinity : -1;
    };
    expect(imports.filter(([file, target]) => rank(target) > rank(file)).map(String)).toEqual([]);
  });

  it('and only from its own room and from rooms before it', () => {
    const wrong = imports.filter(([file, target]) => {
      const [folder = '', room = ''] = file.split('/');
      const [targetFolder, targetRoom = ''] = target.split('/');
      const order = rooms[folder];
      if (order === undefined || folder !== targetFolder || isTest(file) || file === 'cli/commands.ts') return false;
      const place = (name: string): number => order.indexOf(name.endsWith('.ts') ? '' : name);
      if (!order.includes('') && room.endsWith('.ts')) return false;
      return place(targetRoom) > place(room);
    });
    expect(wrong.map(String)).toEqual([]);
  });

  it('no file has a top-level await', () => {
    const waiting = files.filter((file) =>
      /^(?:export )?(?:const .*= )?await /m.test(readFileSync(join(source, file), 'utf8')),
    );
    expect(waiting).toEqual([]);
  });
});
