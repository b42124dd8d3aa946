/** Whether a model string names a server that is asked over HTTP, and may have a Batch API. */
export function isEndpoint(model: string): boolean {
  return /^(openai:|https?:)/.test(model);
}
