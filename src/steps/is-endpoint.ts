import { isEndpointName } from '../models/openai/parse-endpoint.js';

/** Whether a model string names a server that is asked over HTTP, and may have a Batch API. */
export function isEndpoint(model: string): boolean {
  return isEndpointName(model);
}
