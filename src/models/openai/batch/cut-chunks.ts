import type { GenerationRequest } from '../../language-model.js';
import { hashJson } from '../../replay/request-hash.js';
import { type CallTarget, describeCall, type Task } from '../request-completions.js';
import { queueTasks } from '../task-queue.js';

/** What goes into one batch. */
export type Chunk = {
  readonly ids: readonly string[];
  readonly lines: readonly string[];
  /** The call that its lines are, such as `/v1/chat/completions`. */
  readonly url: string;
  readonly samples: number;
};

/** The published limit of an input file is 200 MB. */
const maxInputBytes = 100e6;

/** A batch is of one call, either chat or raw text, and within the limits. */
export function* cutChunks(
  tasks: readonly (readonly [string, readonly Task[]])[],
  { target, maxRequests }: { target: CallTarget; maxRequests: number },
): Generator<Chunk> {
  for (const isRaw of [false, true]) {
    let url = '';
    let [ids, lines, bytes, samples] = [[] as string[], [] as string[], 0, 0];
    for (const [id, [task]] of tasks) {
      if (task === undefined || 'raw' in task.request.prompt !== isRaw) continue;
      const { path, body } = describeCall(task, target);
      url = `/v1${path}`;
      const line = JSON.stringify({ custom_id: id, method: 'POST', url, body });
      const length = Buffer.byteLength(line) + 1;
      if (lines.length === maxRequests || (lines.length > 0 && bytes + length > maxInputBytes)) {
        yield { ids, lines, url, samples };
        [ids, lines, bytes, samples] = [[], [], 0, 0];
      }
      ids.push(id);
      lines.push(line);
      bytes += length;
      samples += task.count;
    }
    if (lines.length > 0) yield { ids, lines, url, samples };
  }
}

/** By a name that is made of what is asked, so that it is the same in every session. Equal requests share one. */
export function nameTasks(requests: readonly GenerationRequest[], model: string): Map<string, readonly Task[]> {
  const queue = queueTasks(requests);
  const tasks = new Map<string, readonly Task[]>();
  for (let task = queue.next(false); task !== undefined; task = queue.next(false)) {
    const { request, firstSample, count } = task;
    const id = hashJson({ model, prompt: request.prompt, sampling: request.sampling, firstSample, count });
    tasks.set(id, [...(tasks.get(id) ?? []), task]);
  }
  return tasks;
}
