import type { GpuEvent, PlanEvent } from '../../gpu/events.js';
import { formatCount } from '../../steps/format-count.js';
import { formatDuration } from './format-progress.js';

/** The line that stays on the screen for an event; undefined for one that progress shows. */
export function describeGpuEvent(event: GpuEvent): string | undefined {
  switch (event.event) {
    case 'run-start':
      return `Started on ${event.device}`;
    case 'plan':
      return describePlan(event);
    case 'checkpoint-saved':
      return `Saved step ${formatCount(event.step)} to ${event.path}`;
    case 'evaluation-end':
      return typeof event.loss === 'number'
        ? `Held-out loss at step ${formatCount(event.step)}: ${event.loss.toFixed(4)}`
        : undefined;
    case 'warning':
      return `Warning: ${event.message}`;
    default:
      return undefined;
  }
}

function describePlan({ items, tokens, steps, memoryGiB, minutes }: PlanEvent): string | undefined {
  const parts = [
    ...(items === undefined ? [] : [`${formatCount(items)} items`]),
    ...(tokens === undefined ? [] : [`${formatCount(tokens)} tokens`]),
    ...(steps === undefined ? [] : [`${formatCount(steps)} steps`]),
    ...(memoryGiB === undefined ? [] : [`about ${memoryGiB.toFixed(1)} GiB of memory`]),
    ...(minutes === undefined ? [] : [`about ${formatDuration(60_000 * minutes)}`]),
  ];
  return parts.length === 0 ? undefined : `To do: ${parts.join(', ')}`;
}
