import type { GenerationRequest } from '../language-model.js';
import type { Task } from './request-completions.js';

export type TaskQueue = {
  /** The next call, undefined when none is left; `isSingle` makes it a call for one sample. */
  next(isSingle: boolean): Task | undefined;
  /** Puts a call in front of the others. */
  add(task: Task): void;
};

/** Whether a call would bring a sample that is not there: where it does, it is made whole, as it was the first time. */
function lacks({ request: { lacking }, firstSample, count }: Task): boolean {
  return lacking?.some((sample) => sample >= firstSample && sample < firstSample + count) ?? true;
}

/** No endpoint that we know takes a larger `n`. */
const maxSamplesPerCall = 128;

/** The calls that requests become, made one at a time: a hundred thousand of them cost nothing while they wait. */
export function queueTasks(requests: readonly GenerationRequest[]): TaskQueue {
  const first: Task[] = [];
  let position = 0;
  let sample = requests[0]?.firstSample ?? 0;

  const take = (limit: number): Task | undefined => {
    for (;;) {
      const request = requests[position];
      if (request === undefined) return undefined;
      const count = Math.min(limit, (request.samples ?? 1) - sample);
      if (count > 0) {
        const task = { request, firstSample: sample, count };
        sample += count;
        if (lacks(task)) return task;
        continue;
      }
      position++;
      sample = requests[position]?.firstSample ?? 0;
    }
  };

  return {
    next: (isSingle) => {
      for (let task = first.pop(); task !== undefined; task = first.pop()) {
        if (!lacks(task)) continue;
        if (!isSingle || task.count === 1) return task;
        first.push({ ...task, firstSample: task.firstSample + 1, count: task.count - 1 });
        if (lacks({ ...task, count: 1 })) return { ...task, count: 1 };
      }
      return take(isSingle ? 1 : maxSamplesPerCall);
    },
    add: (task) => first.push(task),
  };
}
