import type OpenAI from 'openai';

/**
 * How many tokens a server looks back on, asked of itself: vLLM tells it in its list of models (`max_model_len`), llama.cpp with its
 * settings (GET /props, `n_ctx`). Undefined where it does neither.
 */
export async function requestContext({
  client,
  model,
  baseUrl,
}: {
  readonly client: OpenAI;
  readonly model: string;
  readonly baseUrl: string;
}): Promise<number | undefined> {
  const ask = (url: string): Promise<unknown> =>
    client.get<unknown>(url, { maxRetries: 1, timeout: 20_000 }).catch(() => undefined);
  const root = baseUrl.replace(/\/v1$/, '');
  return contextOfModels(await ask(`${baseUrl}/models`), model) ?? contextOfProps(await ask(`${root}/props`));
}

function contextOfModels(answer: unknown, model: string): number | undefined {
  const { data } = (answer ?? {}) as { data?: unknown };
  if (!Array.isArray(data)) return undefined;
  const found = data.find((entry) => entry?.id === model) ?? (data.length === 1 ? data[0] : undefined);
  return positive(found?.max_model_len);
}

function contextOfProps(answer: unknown): number | undefined {
  const { default_generation_settings: settings } = (answer ?? {}) as {
    default_generation_settings?: { n_ctx?: unknown };
  };
  return positive(settings?.n_ctx);
}

const positive = (value: unknown): number | undefined =>
  Number.isInteger(value) && Number(value) > 0 ? Number(value) : undefined;
