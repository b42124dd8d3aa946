import { InputError } from '../errors.js';
import { isFileName } from './files/find-model-file.js';
import { isDoorName, isEndpointName } from './openai/parse-endpoint.js';

/**
 * A model string with a chat template of one's own behind it (`?chatTemplate=FILE`), which every engine that continues raw text reads. Throws `InputError` for a model
 * that takes messages alone or brings its own.
 */
export function withChatTemplate(model: string, file: string): string {
  const takesOne = isFileName(model) || model.startsWith('vllm:') || (isEndpointName(model) && !isDoorName(model));
  if (!takesOne) {
    throw new InputError(
      `Cannot give ${model} a chat template: only gguf:FILE, hf:, ollama:, vllm: and servers take one; leave it out, or name the model so`,
    );
  }
  if (/[?&#%+]/.test(file)) {
    throw new InputError(
      `Cannot use the chat template ${file}: its name holds a sign that ends a model string; rename it`,
    );
  }
  return `${model}${model.includes('?') ? '&' : '?'}chatTemplate=${file}`;
}
