import path from 'node:path';
import { expect, it } from 'vitest';
import { listSources } from './build-library.mjs';

it.each([
  ['index.ts', true],
  [path.join('models', 'language-model.ts'), true],
  [path.join('models', 'conformance.ts'), false],
  ['import-order.test.ts', false],
])('%s is compiled: %s', (file, isCompiled) => expect(listSources().includes(file)).toBe(isCompiled));
