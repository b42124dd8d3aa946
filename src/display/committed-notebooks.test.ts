import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packagePath } from '../package-root.js';

type Output = { output_type: string; name?: string; data?: Record<string, unknown> };
type Cell = { cell_type: string; source: string | string[]; outputs?: Output[] };

const folder = packagePath('notebooks');
const names = readdirSync(folder).filter((name) => name.endsWith('.ipynb'));
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const codeCells = (name: string): Cell[] =>
  (JSON.parse(read(name)) as { cells: Cell[] }).cells.filter(({ cell_type }) => cell_type === 'code');
const sourceOf = ({ source }: Cell): string => (Array.isArray(source) ? source.join('') : source);
const outputsOf = (name: string): Output[] => codeCells(name).flatMap(({ outputs }) => outputs ?? []);

describe.each(names)('notebooks/%s', (name) => {
  it('is smaller than 200 KB', () => expect(Buffer.byteLength(read(name))).toBeLessThan(200_000));

  it('has code cells of at most 12 lines, each with something to show', () => {
    const long = codeCells(name).filter((cell) => sourceOf(cell).trimEnd().split('\n').length > 12);
    const mute = codeCells(name).filter(({ outputs }) => outputs === undefined || outputs.length === 0);
    expect([long.map(sourceOf), mute.map(sourceOf)]).toEqual([[], []]);
  });

  it('ran without an error', () => {
    const errors = outputsOf(name).filter((output) => output.output_type === 'error' || output.name === 'stderr');
    expect(errors).toEqual([]);
  });

  it('holds no path of the machine that ran it', () => {
    expect(read(name)).not.toMatch(/(?<![\w.])(?:\/home\/|\/root\/|\/Users\/|\/tmp\/|[A-Z]:\\\\Users)/);
  });

  it('gives Plotly objects, because a string would leave the whole notebook blank, each with a picture beside it', () => {
    const charts = outputsOf(name).filter(({ data }) => data?.['application/vnd.plotly.v1+json'] !== undefined);
    for (const { data = {} } of charts) {
      expect(data['application/vnd.plotly.v1+json']).toBeTypeOf('object');
      expect(data).toHaveProperty(['image/svg+xml']);
    }
  });
});

it('there is a notebook', () => expect(names).not.toEqual([]));
