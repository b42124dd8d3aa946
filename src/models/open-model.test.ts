import { describe, expect, it } from 'vitest';
import { InputError, ModelError } from '../errors.js';
import { openModel } from './open-model.js';

describe('openModel()', () => {
  it.each(['', 'pockets', 'gguf:', 'GGUF:x', 'ftp://host/v1#m', 'replay:', 'openai:', 'vllm:', '../pocket'])(
    'the unknown string %j throws and lists the forms',
    async (name) => {
      const opening = openModel(name, { environment: {} });
      await expect(opening).rejects.toThrow(InputError);
      await expect(opening).rejects.toThrow(
        `Cannot open model "${name}": unknown form, use one of pocket, student, gguf:FILE, hf:OWNER/REPO:Q4_K_M, ollama:NAME, vllm:OWNER/NAME, vllm:FOLDER, FOLDER (a trained model), http://host:port/v1#model, openai:NAME (or anthropic:, gemini:, openrouter:, azure:), replay:FILE`,
      );
    },
  );

  it.each([
    ['http://', /not a valid URL/],
    ['http://localhost:8000/v1', /no model after #, write it as/],
    ['http://localhost:8000/v1#', /no model after #/],
  ])('the endpoint %j throws', async (name, expected) => {
    await expect(openModel(name, { environment: {} })).rejects.toThrow(expected);
  });

  it.each(['http://me:secret@host/v1#m', 'https://host/v1?key=secret#m'])(
    'a key in %j is refused and not repeated',
    async (name) => {
      const error = await openModel(name, { environment: {} }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InputError);
      expect(String(error)).toMatch(/MATHPIE_API_KEY/);
      expect(String(error)).not.toMatch(/secret/);
    },
  );

  it('says what MATHPIE_MAX_RETRIES takes', async () => {
    const opening = openModel('http://host/v1#m', { environment: { MATHPIE_MAX_RETRIES: 'often' } });
    await expect(opening).rejects.toThrow(/^Cannot use MATHPIE_MAX_RETRIES="often": .*, 0 to 99$/);
  });

  it('keeps the name it was opened with', async () => {
    const model = await openModel('http://localhost:8000/v1/#owner/name', { environment: { MATHPIE_API_KEY: 'sk-1' } });
    expect(model.name).toBe('http://localhost:8000/v1/#owner/name');
    expect(JSON.stringify(model)).not.toContain('sk-1');
  });

  it('a file that is not there throws ModelError', async () => {
    await expect(openModel('gguf:/nowhere/x.gguf')).rejects.toThrow(ModelError);
    await expect(openModel('gguf:/nowhere/x.gguf')).rejects.toThrow(
      'Cannot open model /nowhere/x.gguf: no such file, give the path of a GGUF file',
    );
  });
});
