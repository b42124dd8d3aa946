import { ModelError } from '../errors.js';
import type { GenerationRequest, ModelCapabilities } from './language-model.js';

/**
 * Throws `ModelError` before the first token for what an engine would have to leave out: raw text, forbidden tokens, a warmer first token.
 * Each names what can.
 */
export function refuseUnsupported(
  requests: readonly GenerationRequest[],
  { name, capabilities }: { readonly name: string; readonly capabilities: ModelCapabilities },
): void {
  const { raw, forbiddenTokens } = capabilities;
  const refuse = (lack: string): never => {
    throw new ModelError(`Cannot ${lack}`);
  };
  for (const { prompt, sampling } of requests) {
    if ('raw' in prompt && !raw) {
      refuse(
        `continue raw text with ${name}: it takes chat messages only, use pocket, gguf:FILE or a vLLM or llama.cpp server (http://host:port/v1#model)`,
      );
    }
    if (sampling.firstTemperature !== undefined && !capabilities.firstTemperature) {
      refuse(
        `draw the first token at a temperature of its own with ${name}: it knows one for all tokens, use pocket, gguf:FILE or vllm:OWNER/NAME, or one temperature`,
      );
    }
    if ((sampling.forbiddenTokens?.length ?? 0) > 0 && forbiddenTokens === undefined) {
      refuse(`forbid tokens with ${name}: it cannot mask any, use pocket, gguf:FILE, vllm:OWNER/NAME or a server`);
    }
    if ((sampling.forbiddenFirstTokens?.length ?? 0) > 0 && forbiddenTokens !== 'first') {
      refuse(
        `forbid tokens at the beginning alone with ${name}: it can mask them in the whole text only, use pocket or gguf:FILE, or forbid them in all of it`,
      );
    }
  }
}
