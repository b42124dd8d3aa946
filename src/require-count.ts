import { InputError } from './errors.js';
import { named } from './name-setting.js';

/** Refuses an option that counts something and is no whole number from `least` on; left out, it is its default. Throws `InputError`. */
export function requireCount(name: string, value: unknown, { least = 1 }: { readonly least?: number } = {}): void {
  if (value === undefined || (Number.isInteger(value) && (value as number) >= least)) return;
  throw new InputError(
    `Cannot start: ${named(name)} is ${JSON.stringify(value)}; give a whole number from ${least} on`,
  );
}
