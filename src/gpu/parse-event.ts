import type { Contract } from './contract.js';
import type { GpuEvent } from './events.js';

/** Makes a function that reads a line of `events.jsonl`; it returns undefined for one that breaks the contract. */
export function createEventParser(contract: Contract): (line: string) => GpuEvent | undefined {
  const check = contract.checker('event');
  return (line) => {
    try {
      const value: unknown = JSON.parse(line);
      return check(value).length === 0 ? (value as GpuEvent) : undefined;
    } catch {
      return undefined;
    }
  };
}
