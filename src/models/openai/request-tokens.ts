import type OpenAI from 'openai';

/**
 * The token ids of a text by the server's own tokenizer: POST /tokenize beside /v1, which vLLM and llama.cpp both have; each reads its
 * own names in the one body. Special tokens are recognised and none is put in front. Undefined where a server has no such call.
 */
export async function requestTokens(
  text: string,
  { client, model, baseUrl }: { readonly client: OpenAI; readonly model: string; readonly baseUrl: string },
): Promise<readonly number[] | undefined> {
  const forVllm = { model, prompt: text, add_special_tokens: false };
  const forLlamaCpp = { content: text, add_special: false, parse_special: true };
  try {
    const url = `${baseUrl.replace(/\/v1$/, '')}/tokenize`;
    const reply = await client.post<unknown>(url, { body: { ...forVllm, ...forLlamaCpp }, maxRetries: 1 });
    const { tokens } = reply as { tokens?: unknown };
    return Array.isArray(tokens) && tokens.every(isTokenId) ? tokens : undefined;
  } catch {
    // Whatever is wrong with the endpoint is said by the first completion.
    return undefined;
  }
}

const isTokenId = (id: unknown): id is number => typeof id === 'number' && Number.isInteger(id) && id >= 0;
