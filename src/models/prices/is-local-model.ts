import { isOwnModel } from '../own-models.js';

/** Whether a model runs on this machine, so that asking it costs time alone: an engine of ours, or a server at localhost. */
export function isLocalModel(name: string): boolean {
  if (isOwnModel(name) || /^(gguf|hf|ollama|vllm|replay):/.test(name)) return true;
  if (!/^https?:/.test(name) || !URL.canParse(name)) return false;
  const { hostname } = new URL(name);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^127\./.test(hostname) || hostname === '[::1]';
}
