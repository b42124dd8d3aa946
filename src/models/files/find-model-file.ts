import type { TemplateOptions } from '../../prompts/template-options.js';
import { parseModelOptions } from '../openai/model-options.js';
import { type FetchOptions, findHubFile } from './find-hub-file.js';
import { findOllamaFile } from './find-ollama-file.js';

/** Whether a model string leads to a GGUF file: `gguf:FILE`, `hf:OWNER/REPO:Q4_K_M`, `ollama:NAME`. */
export const isFileName = (name: string): boolean => /^(?:gguf|hf|ollama):./s.test(name);

/**
 * The file of such a string, fetched where it is not there, and what is asked of its chat template behind a `?`. Throws `InputError` and
 * `ModelError`.
 */
export async function findModelFile(
  name: string,
  options: FetchOptions,
): Promise<{ readonly file: string; readonly options: TemplateOptions | undefined }> {
  const [, scheme = '', text = ''] = /^(gguf|hf|ollama):(.+)$/s.exec(name) ?? [];
  const [, plain = text, query] =
    /^(.+)\?((?:like|chatTemplate|thinking|effort|template\.\w+)=[^?]*)$/s.exec(text) ?? [];
  const template = query === undefined ? undefined : readOptions(query, name);
  if (scheme === 'hf') return { file: await findHubFile(plain, options), options: template };
  if (scheme === 'ollama') return { file: findOllamaFile(plain, options.environment).file, options: template };
  return { file: plain, options: template };
}

/** `like=OWNER/NAME` is no option of endpoints, whose table is that of their names. */
function readOptions(query: string, name: string): TemplateOptions {
  const words = query.split('&');
  const like = words.find((word) => word.startsWith('like='))?.slice('like='.length);
  const others = words.filter((word) => !word.startsWith('like=')).join('&');
  const options = others === '' ? {} : parseModelOptions(others, { name });
  return like === undefined ? options : { ...options, like };
}
