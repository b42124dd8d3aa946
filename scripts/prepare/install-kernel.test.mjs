import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { kernelPackage } from './install-kernel.mjs';
import { inRoot } from './paths.mjs';

it('asks for the versions of a clone, with its overrides and our tensors by their whole path', () => {
  const read = (...place) => JSON.parse(readFileSync(inRoot(...place), 'utf8'));
  const own = read('package.json');
  const workbench = read('scripts', 'packages', 'workbench', 'package.json');
  expect(kernelPackage(own, workbench, '/app/node_modules/mathpie')).toMatchObject({
    dependencies: {
      tslab: workbench.dependencies.tslab,
      'danfojs-node': own.optionalDependencies['danfojs-node'],
      '@tensorflow/tfjs-node': 'file:/app/node_modules/mathpie/scripts/packages/tensors-on-cpu',
    },
    overrides: { xlsx: own.overrides.xlsx },
  });
});
