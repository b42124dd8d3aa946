import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { allSteps } from '../all-steps.js';
import { loadContract } from '../gpu/contract.js';
import { packagePath } from '../package-root.js';
import { readRecipe } from '../run-recipe.js';
import { recipeSchemas } from './schemas.js';
import { smallRecipe, stepsPage } from './steps-page.js';

/** Which schema the recipes of a folder of configs/recipes name. */
const kinds = {
  magpie: 'recipe',
  metamath: 'recipe',
  assemble: 'assemble-recipe',
  sft: 'sft-recipe',
  dpo: 'dpo-recipe',
  ablation: 'ablation-recipe',
} as const;
const shipped = readdirSync(packagePath('configs', 'recipes')).flatMap((kind) =>
  readdirSync(packagePath('configs', 'recipes', kind))
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ kind: kind as keyof typeof kinds, file: packagePath('configs', 'recipes', kind, file) })),
);
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

describe('docs/steps.md', () => {
  it('is committed as `npm run docs` makes it', () => {
    expect(readFileSync(packagePath('docs', 'steps.md'), 'utf8'), 'make it anew: npm run docs').toBe(
      stepsPage(allSteps),
    );
  });

  it('shows a recipe that can be read', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'mathpie-')), 'first.json');
    writeFileSync(file, JSON.stringify(smallRecipe));
    const { chain } = await readRecipe(file);
    expect(chain.map(({ step }) => step.name)).toEqual(['instruct', 'respond', 'export-sft']);
  });
});

describe('the schemas of recipes', () => {
  const checks = new Map<string, ValidateFunction>();
  beforeAll(async () => {
    const ajv = new Ajv2020({ allErrors: true, strict: false });
    for (const [name, schema] of Object.entries(await recipeSchemas(allSteps, await loadContract()))) {
      const committed = read(packagePath('schemas', name));
      expect(JSON.parse(JSON.stringify(schema)), `make ${name} anew: npm run docs`).toEqual(committed);
      checks.set(name, ajv.compile(committed));
    }
  });
  const faultsOf = (kind: keyof typeof kinds, value: unknown): string[] => {
    const check = checks.get(`${kinds[kind]}.schema.json`);
    if (check === undefined) throw new Error(`no schema of ${kind}`);
    return check(value) ? [] : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };

  it.each(shipped)('$file names its schema and is valid under it', ({ kind, file }) => {
    expect(read(file).$schema).toBe(`../../../schemas/${kinds[kind]}.schema.json`);
    expect(faultsOf(kind, read(file))).toEqual([]);
  });

  it.each(shipped)('$file with a mistyped key is not', ({ kind, file }) => {
    expect(faultsOf(kind, { ...read(file), sed: 1 })).toContain(' must NOT have additional properties');
  });

  it.each([
    ['a mistyped setting', { respond: { maxTokns: 9 } }, '/respond must NOT have additional properties'],
    ['a number past its bounds', { respond: { temperature: 9 } }, '/respond/temperature must be <= 5'],
    ['a word that is none', { 'export-sft': { shape: 'alpacca' } }, '/export-sft/shape must be equal'],
    ['a model of blanks', { models: { problems: ' ' } }, '/models/problems must match pattern'],
    ['a name with blanks', { name: 'a b' }, '/name must match pattern'],
    ['runs of which none is named', { augment: {} }, '/augment must NOT have fewer than 1 properties'],
    ['a role that is none', { models: { solvers: 'pocket' } }, '/models must NOT have additional properties'],
  ])('%s is told', (_, part, fault) => {
    expect(faultsOf('magpie', { ...smallRecipe, ...part }).join('\n')).toContain(fault);
  });

  it('a recipe without a step is none', () => {
    const { name, version, description, models } = smallRecipe;
    expect(faultsOf('magpie', { name, version, description, models })).not.toEqual([]);
  });
});
