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
  'metamath',
  'magpie',
  'evaluation',
  'analysis',
  'display',
  'export',
  'recipes', // all steps, the exports included, in one run
  'cli',
];

const source = resolve(import.meta.dirname);
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const rank = (file: string): number => {
  const folder = file.split(/[\\/]/)[0] ?? '';
  if (!file.includes('/') && !file.includes('\\'))
    return folder === 'index.ts' || folder.endsWith('.test.ts') ? Infinity : -1;
  return order.indexOf(folder);
};

describe('imports in src/', () => {
  it('every folder has a place in the order', () => {
    const unknown = files.filter((file) => rank(file) === -1 && /[\\/]/.test(file));
    expect(unknown).toEqual([]);
  });

  it.each(files)('%s imports only from its own folder and from folders before it', (file) => {
    const text = readFileSync(join(source, file), 'utf8');
    const wrong = [...text.matchAll(/(?:from|import\()\s*'(\.{1,2}\/[^']+)'/g)]
      .map((match) => relative(source, resolve(source, dirname(file), match[1] ?? '')))
      .filter((target) => !target.startsWith('..') && rank(target.replace(/\.js$/, '.ts')) > rank(file));
    expect(wrong).toEqual([]);
  });

  it.each(files)('%s has no top-level await', (file) => {
    expect(readFileSync(join(source, file), 'utf8')).not.toMatch(/^(?:export )?(?:const .*= )?await /m);
  });
});
