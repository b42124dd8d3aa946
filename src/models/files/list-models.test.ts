import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packagePath } from '../../package-root.js';
import { listModels } from './list-models.js';

const home = mkdtempSync(join(tmpdir(), 'mathpie-models-'));
afterAll(() => rmSync(home, { recursive: true }));
const pocket = packagePath('data', 'pocket', 'pocket.gguf');
const commit = '1'.repeat(40);

function cache(repo: string, files: Readonly<Record<string, string>>): void {
  const snapshot = join(home, 'hub', `models--${repo.replace('/', '--')}`, 'snapshots', commit);
  mkdirSync(snapshot, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    if (content === pocket) symlinkSync(pocket, join(snapshot, name));
    else writeFileSync(join(snapshot, name), content);
  }
}
cache('me/tiny-GGUF', { 'tiny-Q8_0.gguf': pocket, 'half-Q8_0.gguf': 'GGUF', 'README.md': '' });
cache('Qwen/Qwen2.5-7B-Instruct', { 'config.json': '{}', 'a.safetensors': '12345', 'b.safetensors': '678' });
const store = join(home, 'ollama');
mkdirSync(join(store, 'manifests', 'registry.ollama.ai', 'library', 'qwen3'), { recursive: true });
writeFileSync(join(store, 'manifests', 'registry.ollama.ai', 'library', 'qwen3', '8b'), 'damaged');

describe('listModels()', () => {
  it('tells what is in reach, with size, licence, and whether it writes raw text', async () => {
    const asked: string[] = [];
    const fetch = async (url: unknown): Promise<Response> => {
      asked.push(String(url));
      if (String(url).includes(':8000'))
        return Response.json({ data: [{ id: 'Qwen/Qwen2.5-7B-Instruct' }, { id: 3 }] });
      if (String(url).includes(':8080')) return new Response('<html>');
      throw new TypeError('fetch failed');
    };
    const environment = {
      HF_HOME: home,
      OLLAMA_MODELS: store,
      OPENAI_API_KEY: 'sk-secret',
      AZURE_OPENAI_API_KEY: 'sk-secret',
    };
    const found = await listModels({ environment, fetch });
    expect(found).toMatchObject([
      { name: 'pocket', kind: 'pocket', licence: 'mit', raw: true, available: true },
      { name: 'student', kind: 'pocket', licence: 'mit', raw: true, available: true },
      { name: 'vllm:Qwen/Qwen2.5-7B-Instruct', bytes: 8, licence: 'apache-2.0', available: true },
      { name: 'hf:me/tiny-GGUF/half-Q8_0.gguf', available: false, note: expect.stringMatching(/truncated/) },
      { name: 'hf:me/tiny-GGUF/tiny-Q8_0.gguf', kind: 'hub cache', raw: true, available: true },
      { name: 'ollama:qwen3:8b', available: false, note: expect.stringMatching(/no manifest of Ollama/) },
      { name: 'http://localhost:8000/v1#Qwen/Qwen2.5-7B-Instruct', kind: 'server', licence: 'apache-2.0', raw: true },
      { name: 'openai:NAME', kind: 'key', raw: false, available: true, note: 'OPENAI_API_KEY is set' },
      { name: 'azure:NAME', available: false, note: 'AZURE_OPENAI_API_KEY is set, AZURE_OPENAI_ENDPOINT is not' },
    ]);
    expect(JSON.stringify(found)).not.toContain('sk-secret');
    expect(asked).toHaveLength(5);
  });

  it('with nothing there are our own alone', async () => {
    const environment = { HF_HOME: join(home, 'none'), OLLAMA_MODELS: join(home, 'none') };
    expect((await listModels({ environment, ports: [] })).map(({ name }) => name)).toEqual(['pocket', 'student']);
  });
});
