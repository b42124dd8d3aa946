import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { kernelPackage } from './install-kernel.mjs';
import { inRoot } from './paths.mjs';

it('asks for the versions of a clone, with its overrides and our tensors by their whole path', () => {
  const own = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  expect(kernelPackage(own, '/app/node_modules/mathpie')).toMatchObject({
    dependencies: {
      tslab: own.devDependencies.tslab,
      'danfojs-node': own.optionalDependencies['danfojs-node'],
      '@tensorflow/tfjs-node': 'file:/app/node_modules/mathpie/scripts/packages/tensors-on-cpu',
    },
    overrides: { xlsx: own.overrides.xlsx },
  });
});
