import type { ComponentChildren } from 'preact';
import type { Outcome } from '../page-data.js';
import type { Counted } from './count-accuracy.js';
import { keepPercent, type Say } from './words.js';

export const percent = (share: number, digits = 1): string => (100 * share).toFixed(digits);
/** With its sign, on one line with it. */
export const percentText = (share: number, digits = 1): string => keepPercent(`${percent(share, digits)} %`);
export const whole = (value: number): string => value.toLocaleString('en');

/** Signs beside the words, so that no outcome is told by its colour alone. */
const signs: Readonly<Record<Outcome, string>> = { right: '✓', wrong: '✗', cut: '✂', unanswered: '∅', failed: '!' };

export function OutcomeSign({ outcome, say }: { readonly outcome: Outcome; readonly say: Say }) {
  return (
    <span class={`sign ${outcome}`} title={say(outcome)}>
      <span aria-hidden="true">{signs[outcome]}</span>
      <span class="unseen">{say(outcome)}</span>
    </span>
  );
}

/** The colour of a run; from the ninth on they return, and the names tell. */
export const runClass = (run: number): string => `run${run % 8}`;

/** An accuracy as a bar, with its interval as a whisker. */
export function Bar({ counted, run = 0 }: { readonly counted: Counted; readonly run?: number }) {
  const { n, accuracy, interval } = counted;
  if (n === 0) return <span class="track empty" aria-hidden="true" />;
  const [low, high] = interval;
  return (
    <span class={`track ${runClass(run)}`} aria-hidden="true">
      <span class="fill" style={{ width: `${100 * accuracy}%` }} />
      <span class="whisker" style={{ left: `${100 * low}%`, width: `${100 * (high - low)}%` }} />
    </span>
  );
}

export function Chip({
  label,
  isOn,
  onClick,
  tone = '',
  count,
}: {
  readonly label: ComponentChildren;
  readonly isOn: boolean;
  readonly onClick: () => void;
  readonly tone?: string;
  readonly count?: number;
}) {
  return (
    <button type="button" class={`chip ${tone}`} aria-pressed={isOn} onClick={onClick}>
      {label}
      {count !== undefined && <span class="count">{whole(count)}</span>}
    </button>
  );
}

export function intervalText({ n, interval: [low, high] }: Counted, say: Say): string {
  return n === 0 ? '' : say('interval', percent(low), percent(high));
}
