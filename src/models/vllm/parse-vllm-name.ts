import { InputError } from '../../errors.js';
import { setKeys } from '../../gpu/set-keys.js';

/**
 * Takes a model string such as `vllm:Qwen/Qwen2.5-Math-7B?tensorParallel=2&maxModelLength=4096` apart: a folder or a name
 * on the Hugging Face hub, and behind the question mark settings of the engine (docs/gpu.md). Throws `InputError`.
 */
export function parseVllmName(name: string): { model: string; settings: { readonly [key: string]: unknown } } {
  const [, model = '', query = ''] = /^vllm:([^?]+)(?:\?(.*))?$/s.exec(name) ?? [];
  if (model === '') {
    throw new InputError(`Cannot open model "${name}": no model after vllm:, write vllm:OWNER/NAME or vllm:FOLDER`);
  }
  return { model, settings: setKeys({}, query === '' ? [] : query.split('&')) };
}
