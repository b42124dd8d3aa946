import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../errors.js';
import type { GenerationRequest, LanguageModel, Prompt, Sampling } from '../models/language-model.js';
import { type JsonObject, parseJsonObject, readJsonl } from '../storage/read-jsonl.js';
import { readLines } from '../storage/read-lines.js';
import { estimateStage, type StagePlan } from './plan-stage.js';
import { probeStage } from './probe-stage.js';

/**
 * What `generate.py` would make of a file of requests (python-gpu/contract/request.schema.json): what the run directory holds already is
 * left out, prompts are counted one by one, and answers are as long as a probe's, those of this run, or what is usual. `open` loads the
 * model for a probe of 16 requests; without it the time is not known. Throws `InputError` with the line of a request that cannot be read.
 */
export async function planRequests({
  file,
  directory,
  model,
  open,
  signal,
}: {
  readonly file: string;
  readonly directory: string;
  readonly model: string;
  readonly open?: (() => Promise<LanguageModel>) | undefined;
  readonly signal?: AbortSignal | undefined;
}): Promise<StagePlan> {
  const done = await readDone(join(directory, 'completions.jsonl'));
  const missing: GenerationRequest[] = [];
  let idTokens = 0;
  for await (const { line, text } of readLines(file)) {
    if (text.trim() === '') continue;
    const { request, tokens } = toRequest(text, { file, line });
    const samples = Array.from({ length: request.samples ?? 1 }, (_, sample) => sample);
    const lacking = samples.filter((sample) => !done.has(`${request.id}#${sample}`)).length;
    if (lacking === 0) continue;
    missing.push({ ...request, samples: lacking });
    idTokens += tokens;
  }
  // Token ids are what an engine reads, and no text that a model could be asked with here
  const asked = missing.filter(({ prompt }) => !('raw' in prompt) || prompt.raw !== '');
  const probe = open === undefined || asked.length === 0 ? undefined : await probeWith(open, { asked, signal });
  const { totals } = estimateStage({ stage: 'generate', missing, existing: done, probe, model: { name: model } });
  const inputTokens = totals.inputTokens + idTokens;
  return { ...totals, inputTokens, probe: probe && { ...probe, passed: [] }, passRate: undefined };
}

async function probeWith(
  open: () => Promise<LanguageModel>,
  { asked, signal }: { asked: readonly GenerationRequest[]; signal: AbortSignal | undefined },
) {
  const model = await open();
  try {
    return await probeStage({ requests: asked, model, signal });
  } finally {
    await model.close();
  }
}

type Done = { readonly completionTokens: number };

/** A last line that a kill cut does not count. */
async function readDone(file: string): Promise<ReadonlyMap<string, Done>> {
  if (!existsSync(file)) return new Map();
  const { rows } = await readJsonl({ file, skipBad: true });
  return new Map(
    rows.map(({ requestId, sample, completionTokens }) => [
      `${requestId}#${sample}`,
      { completionTokens: Number(completionTokens) || 0 },
    ]),
  );
}

function toRequest(
  text: string,
  { file, line }: { file: string; line: number },
): { readonly request: GenerationRequest; readonly tokens: number } {
  const row = parseJsonObject(text);
  const refuse = (fault: string): never => {
    throw new InputError(`Cannot use ${file}:${line}: ${fault}; write {"id", "messages", "sampling": {"maxTokens"}}`, {
      file,
      line,
    });
  };
  if (typeof row === 'string') return refuse(row);
  const { id, messages, prompt, promptTokenIds: ids, samples = 1 } = row;
  const sampling = (row.sampling ?? {}) as JsonObject;
  const { maxTokens, temperature = 0 } = sampling;
  if (typeof id !== 'string') return refuse('it has no id');
  if (!(Number.isInteger(maxTokens) && Number(maxTokens) > 0)) return refuse('its sampling has no maxTokens');
  const given: Prompt | undefined = Array.isArray(messages)
    ? ({ messages } as unknown as Prompt)
    : typeof prompt === 'string'
      ? { raw: prompt }
      : Array.isArray(ids)
        ? { raw: '' }
        : undefined;
  if (given === undefined) return refuse('it holds neither messages nor prompt nor promptTokenIds');
  const drawn = { ...sampling, maxTokens: Number(maxTokens), temperature: Number(temperature) } as Sampling;
  return {
    request: { id, prompt: given, samples: Number(samples), sampling: drawn },
    tokens: Array.isArray(ids) ? ids.length : 0,
  };
}
