import { parseVllmName } from '../models/vllm/parse-vllm-name.js';

/** What `train sft` starts from: a recipe's student without the settings of an engine (`vllm:FOLDER?gpuMemoryUtilization=0.3`). */
export const baseOf = (student: string): string =>
  student.startsWith('vllm:') ? parseVllmName(student).model : student;

/** How a trained folder is opened: as its student was, with the same settings of the engine. */
export function nameOfTrained(folder: string, student: string): string {
  const [scheme, settings] = [
    student.startsWith('vllm:') ? 'vllm:' : '',
    /^vllm:[^?]+(\?.+)$/s.exec(student)?.[1] ?? '',
  ];
  return `${scheme}${folder}${settings}`;
}
