import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findOllamaFile } from './find-ollama-file.js';

const store = mkdtempSync(join(tmpdir(), 'mathpie-ollama-'));
afterAll(() => rmSync(store, { recursive: true }));
const environment = { OLLAMA_MODELS: store };
const hash = 'a'.repeat(64);
mkdirSync(join(store, 'blobs'));
writeFileSync(join(store, 'blobs', `sha256-${hash}`), 'GGUF');
writeFileSync(join(store, 'blobs', `sha256-${'b'.repeat(64)}`), '\n   Apache License\n  Version 2.0, January 2004\n');

function keep(path: string, content: unknown): void {
  mkdirSync(join(store, 'manifests', path, '..'), { recursive: true });
  writeFileSync(join(store, 'manifests', path), typeof content === 'string' ? content : JSON.stringify(content));
}
const layer = (kind: string, digest: string) => ({
  mediaType: `application/vnd.ollama.image.${kind}`,
  digest: `sha256:${digest}`,
  size: 4,
});
const manifest = { schemaVersion: 2, layers: [layer('model', hash), layer('license', 'b'.repeat(64))] };
keep('registry.ollama.ai/library/qwen3/latest', manifest);
keep('registry.ollama.ai/library/qwen3/8b', manifest);
keep('registry.ollama.ai/me/mine/latest', manifest);
keep('hf.co/me/tiny-GGUF/Q4_K_M', manifest);
keep('registry.ollama.ai/library/broken/latest', '{');
keep('registry.ollama.ai/library/gone/latest', { layers: [layer('model', 'c'.repeat(64))] });
keep('registry.ollama.ai/library/odd/latest', {
  layers: [{ mediaType: 'application/vnd.ollama.image.model', digest: '../../etc/passwd' }],
});
keep('registry.ollama.ai/library/nothing/latest', { layers: [null, 5] });
keep('registry.ollama.ai/library/torn/latest', { layers: [{ ...layer('model', hash), size: 400 }] });
keep('registry.ollama.ai/library/adapted/latest', {
  layers: [layer('model', hash), layer('adapter', 'b'.repeat(64))],
});

describe('findOllamaFile(name)', () => {
  it.each(['qwen3', 'qwen3:8b', 'me/mine', 'hf.co/me/tiny-GGUF:Q4_K_M', 'registry.ollama.ai/library/qwen3'])(
    '%s',
    (name) => {
      expect(findOllamaFile(name, environment)).toEqual({
        file: join(store, 'blobs', `sha256-${hash}`),
        bytes: 4,
        licence: 'apache-2.0',
      });
    },
  );

  it.each([
    ['qwen3:70b', /no such model in .*; see mathpie models, or pull it: ollama pull qwen3:70b$/],
    ['../../x', /write it as ollama:NAME/],
    ['broken', /it is no manifest of Ollama; pull the model again/],
    ['gone', /its weights are not there/],
    ['odd', /it names no weights/],
    ['nothing', /it is no manifest of Ollama; pull the model again/],
    ['torn', /its weights have 4 bytes instead of 400 .*; pull the model again$/],
    ['adapted', /it is an adapter on the weights of another model; use Ollama's server/],
  ])('%s is refused', (name, expected) => {
    expect(() => findOllamaFile(name, environment)).toThrow(expected);
  });

  it('says where models would be', () => {
    expect(() => findOllamaFile('qwen3', { OLLAMA_MODELS: '/nowhere' })).toThrow(
      /Ollama keeps no models on this disk; pull one, or set OLLAMA_MODELS/,
    );
  });
});
