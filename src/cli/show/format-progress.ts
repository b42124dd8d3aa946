import { type Language, translate } from '../../language/translate.js';
import type { StageProgress } from '../../runs/track-progress.js';
import { formatCount } from '../../steps/format-count.js';

/**
 * One line such as `respond 120/400 (30 %), 3 failed, 51,200 tokens, 3,411 tokens/s, $0.42, 1 min 20 s left`; `text` stands behind the
 * count, such as the loss of a training step.
 */
export function formatProgress(
  {
    stage,
    done,
    failed = 0,
    leftOut = 0,
    total,
    text,
    tokens,
    tokensPerSecond,
    remainingMs,
    costUsd,
  }: StageProgress & { readonly text?: string },
  language: Language = 'en',
): string {
  const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
  const parts = [`${sayStep(stage, language)} ${formatCount(done)}/${formatCount(total)} (${percent} %)`];
  if (text !== undefined) parts.push(text);
  if (failed > 0) parts.push(`${formatCount(failed)} failed`);
  if (leftOut > 0) parts.push(`${formatCount(leftOut)} left out`);
  if (tokens > 0) parts.push(`${formatCount(tokens)} tokens`);
  if (tokens > 0 && tokensPerSecond > 0) parts.push(`${formatCount(tokensPerSecond)} tokens/s`);
  if (costUsd !== undefined) parts.push(formatCost(costUsd));
  if (remainingMs !== undefined && done < total) parts.push(`${formatDuration(remainingMs)} left`);
  return parts.map((part) => translate(part, language)).join(language === 'ja' ? '、' : ', ');
}

/** `出題 instruct`: what a step does beside its name, which recipes and files have; the name alone in English. */
export function sayStep(stage: string, language: Language): string {
  const [, place = '', name = stage] = /^(\d+\/\d+ )?(.*)$/.exec(stage) ?? [];
  const does = translate(`step ${/^[a-z]+(?:-(?:sft|dpo|out-tests))?/.exec(name)?.[0]}`, language);
  return language === 'en' || does.startsWith('step ') ? stage : `${place}${does} ${name}`;
}

/** US dollars; parts of a cent as long as they are all there is. */
export function formatCost(usd: number): string {
  return `$${usd.toFixed(usd > 0 && usd < 0.1 ? 4 : 2)}`;
}

/** Milliseconds as `12 s`, `3 min 5 s` or `2 h 7 min`. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
