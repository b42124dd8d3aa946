import { randomUUID } from 'node:crypto';
import { say, spokenLanguage } from '../language/spoken.js';
import { escapeXml } from './escape-xml.js';
import { findScreen, type Output, type Screen } from './kernel.js';

/** What a stage's `onProgress` tells fits here as it is: `onProgress: progress.update`. */
export type ProgressUpdate = {
  readonly done: number;
  readonly total: number;
  readonly text?: string;
  readonly tokens?: number;
  readonly tokensPerSecond?: number;
  readonly remainingMs?: number | undefined;
  readonly failed?: number;
  readonly leftOut?: number;
  /** US dollars. */
  readonly costUsd?: number;
};

export type ProgressHandle = {
  update(update: ProgressUpdate): void;
  /** Ends the display with one line that stays; the count and the time when no text is given. */
  done(text?: string): void;
};

export type ProgressEffects = { readonly screen: Screen; now(): number; later(work: () => void, ms: number): void };

const notebookIntervalMs = 250;
const textIntervalMs = 10_000;

/**
 * A bar in the running cell that is overwritten at most four times a second, and in the end by one line of text, so that
 * a saved notebook stays small. Without a notebook: a line every ten seconds.
 */
export function showProgress(
  { title }: { readonly title: string },
  { screen, now, later }: ProgressEffects = {
    screen: findScreen(),
    now: () => performance.now(),
    later: (work, ms) => void setTimeout(work, ms).unref(),
  },
): ProgressHandle {
  const displayId = `mathpie-${randomUUID()}`;
  const intervalMs = screen.isNotebook ? notebookIntervalMs : textIntervalMs;
  const startedAt = now();
  let latest: ProgressUpdate = { done: 0, total: 0 };
  let shownAt = Number.NEGATIVE_INFINITY;
  let isShown = false;
  let isWaiting = false;
  let isEnded = false;

  const show = (data: Output['data']): void => {
    // The metadata lets the headless runner tell these outputs from others.
    screen.show({ data, metadata: { mathpie: 'progress' }, displayId, isUpdate: isShown });
    isShown = true;
    shownAt = now();
  };
  const showLatest = (): void => {
    const text = describe({ title, update: latest });
    show({ 'text/html': drawBar({ text, update: latest }), 'text/plain': text });
  };

  return {
    update: (update) => {
      latest = update;
      if (isEnded || isWaiting) return;
      const waitMs = shownAt + intervalMs - now();
      if (waitMs <= 0) return showLatest();
      // The last of a burst must not be lost when a long pause follows it.
      isWaiting = true;
      later(() => {
        isWaiting = false;
        if (!isEnded) showLatest();
      }, waitMs);
    },
    done: (text) => {
      if (isEnded) return;
      isEnded = true;
      const seconds = ((now() - startedAt) / 1000).toFixed(1);
      show({
        'text/plain': `${say(title)}: ${saySentence(text ?? `${latest.done.toLocaleString('en')} in ${seconds} s`)}`,
      });
    },
  };
}

/** `106 done, 5,006 tokens in 3.1 s`: piece by piece. */
const saySentence = (text: string): string => text.split(', ').map(say).join(', ');

function describe({ title, update }: { title: string; update: ProgressUpdate }): string {
  const { done, total, text, tokens = 0, tokensPerSecond, remainingMs, failed = 0, leftOut = 0, costUsd } = update;
  const count = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
  const counted = spokenLanguage() === 'en' ? count : say(`progress ${count}`);
  // Nobody knows yet of how many
  const head = total === 0 && text !== undefined ? text : counted;
  const parts = [`${say(title)}: ${head}`];
  if (text !== undefined && head !== text) parts.push(text);
  if (failed > 0) parts.push(`${failed.toLocaleString('en')} failed`);
  if (leftOut > 0) parts.push(`${leftOut.toLocaleString('en')} left out`);
  if (tokens > 0) parts.push(`${tokens.toLocaleString('en')} tokens`);
  if (tokensPerSecond !== undefined && tokensPerSecond > 0)
    parts.push(`${Math.round(tokensPerSecond).toLocaleString('en')} tokens/s`);
  if (costUsd !== undefined) parts.push(`$${costUsd.toFixed(costUsd < 0.1 ? 4 : 2)}`);
  if (remainingMs !== undefined) parts.push(`about ${Math.ceil(remainingMs / 1000)} s left`);
  return parts.map(say).join(', ');
}

function drawBar({ text, update: { done, total } }: { text: string; update: ProgressUpdate }): string {
  const value = total > 0 ? Math.min(1, done / total).toFixed(3) : '0';
  return `<progress value="${value}" max="1"></progress> ${escapeXml(text)}`;
}
