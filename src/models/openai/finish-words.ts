/** How an answer ended. `unknown`: a word that no endpoint of the table uses. */
export type Ending = 'stop' | 'length' | 'filter' | 'failed' | 'unknown';

/** The words of OpenAI, Mistral, Cohere, Anthropic, Vertex, GLM, DeepSeek, vLLM, SGLang and OpenRouter, in lower case. */
const endings: { readonly [word: string]: Ending } = {
  stop: 'stop',
  eos: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  complete: 'stop',
  completed: 'stop',
  tool_calls: 'stop',
  function_call: 'stop',
  finish_reason_unspecified: 'stop',
  length: 'length',
  model_length: 'length',
  max_tokens: 'length',
  max_output_tokens: 'length',
  max_completion_tokens: 'length',
  model_context_window_exceeded: 'length',
  error_limit: 'length',
  repetition: 'length',
  content_filter: 'filter',
  safety: 'filter',
  recitation: 'filter',
  blocklist: 'filter',
  prohibited_content: 'filter',
  spii: 'filter',
  refusal: 'filter',
  sensitive: 'filter',
  error_toxic: 'filter',
  content_filtered: 'filter',
  guardrail_intervened: 'filter',
  error: 'failed',
  abort: 'failed',
  aborted: 'failed',
  cancelled: 'failed',
  user_cancel: 'failed',
  timeout: 'failed',
  network_error: 'failed',
  insufficient_system_resource: 'failed',
};

/**
 * What a finish word means, in any case; no word at all is a stop, as some servers leave it out. Gemini writes the reason behind the word
 * ("content_filter: RECITATION").
 */
export function readEnding(word: unknown): Ending {
  if (word === null || word === undefined || word === '') return 'stop';
  return endings[String(word).toLowerCase().split(':', 1)[0] ?? ''] ?? 'unknown';
}
