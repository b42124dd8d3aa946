import type { GpuEvent, PlanEvent, RunEndEvent, RunFailedEvent } from './events.js';

/** What is kept of a session's events; `last` is the last one before a failure. */
export type Seen = { last?: GpuEvent; plan?: PlanEvent; end?: RunEndEvent; failure?: RunFailedEvent };

export function remember(seen: Seen, event: GpuEvent): void {
  if (event.event === 'plan') seen.plan = event;
  if (event.event === 'run-end') seen.end = event;
  if (event.event === 'run-failed') seen.failure = event;
  else seen.last = event;
}
