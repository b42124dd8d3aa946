import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isOwnModel, ownModelFile } from './own-models.js';

describe('own models', () => {
  it.each(['pocket', 'student'])('%s lies in data/', (name) => {
    expect(existsSync(ownModelFile(name) as string)).toBe(true);
    expect(isOwnModel(name)).toBe(true);
  });

  it.each(['gguf:pocket', 'pocket2', undefined])('%s is none', (name) => expect(isOwnModel(name)).toBe(false));
});
