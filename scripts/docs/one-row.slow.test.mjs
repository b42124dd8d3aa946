import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { oneRowPage } from './one-row.mjs';

const root = join(import.meta.dirname, '../..');
let page = '';
beforeAll(async () => {
  page = await oneRowPage(root, await import('../../dist/index.js'));
});

/** The value that the page shows at a station. */
const valueAt = (number) =>
  JSON.parse(new RegExp(`^## ${number}\\. [\\s\\S]*?\`\`\`json\\n([\\s\\S]*?)\`\`\``, 'm').exec(page)[1]);

describe('docs/one-row.md', () => {
  it('is committed as it is made again, to the byte', () => {
    expect(readFileSync(join(root, 'docs/one-row.md'), 'utf8'), 'make it anew: npm run docs').toBe(page);
  });

  it.each([
    [2, 'problem'],
    [5, 'record'],
    [6, 'augmented-row'],
  ])('station %i is valid under the schema of a %s', (number, name) => {
    const schema = JSON.parse(readFileSync(join(root, 'schemas', `${name}.schema.json`), 'utf8'));
    const check = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
    expect([check(valueAt(number)), check.errors]).toEqual([true, null]);
    expect(check({ ...valueAt(number), id: 7 })).toBe(false);
  });
});
