import type { LanguageModel, Prompt } from '../../models/language-model.js';
import type { Run } from '../../runs/open-run.js';
import { runStage } from '../../runs/run-stage.js';
import type { StageProgress } from '../../runs/track-progress.js';
import type { StageFields } from '../../steps/stage-fields.js';
import { judgingPrompt } from '../rows/judging-prompt.js';
import { shortHash } from '../rows/magpie-row.js';
import type { MissionTags, TagItem } from './tag-missions.js';

/**
 * Asks a guard whether an exchange is safe and keeps its words as they are (`llama_guard_2`, the original's field). A model that is called a
 * guard gets problem and solution as a conversation, which its own chat template puts into its question; any other model is asked in
 * words for the same reply. A reply that begins with neither "safe" nor "unsafe" is a failure.
 */
export async function tagSafety({
  items,
  run,
  guard,
  signal,
  onProgress,
}: {
  readonly items: readonly TagItem[];
  readonly run: Run;
  readonly guard: LanguageModel;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StageProgress) => void) | undefined;
}): Promise<MissionTags> {
  const isGuard = /guard/i.test(guard.name);
  const answered = items.flatMap(({ key, instruction, response }) =>
    response === undefined || response === '' ? [] : [{ id: key, instruction, response }],
  );
  const records = await runStage({
    run,
    stage: `tag-safety-${shortHash(guard.name)}`,
    model: guard,
    items: answered,
    request: ({ instruction, response }) => ({
      prompt: isGuard ? conversation(instruction, response) : question(instruction, response),
      sampling: { temperature: 0, maxTokens: 64 },
    }),
    record: (_, { text }): StageFields =>
      readSafety(text) === undefined ? { failed: 'the reply is neither safe nor unsafe' } : { verdict: text.trim() },
    signal,
    onProgress,
  });
  const tags = new Map<string, { readonly [field: string]: unknown }>();
  const failed = new Map<string, string>();
  for (const { key, response } of items) if (!response) failed.set(key, 'no response to look at');
  for (const { status, input, reason, verdict } of records) {
    if (status === 'failed' || typeof verdict !== 'string') failed.set(input, reason ?? 'no reply');
    else tags.set(input, { llama_guard_2: verdict, is_safe: readSafety(verdict) === 'safe', guard_model: guard.name });
  }
  return { tags, failed };
}

export function readSafety(text: string): 'safe' | 'unsafe' | undefined {
  const [, word] = /^[\s"'*]*(safe|unsafe)\b/i.exec(text) ?? [];
  return word?.toLowerCase() as 'safe' | 'unsafe' | undefined;
}

function conversation(instruction: string, response: string): Prompt {
  return {
    messages: [
      { role: 'user', content: instruction },
      { role: 'assistant', content: response },
    ],
  };
}

function question(instruction: string, response: string): Prompt {
  const content = judgingPrompt('safety', { question: instruction, solution: response });
  return { messages: [{ role: 'user', content }] };
}
