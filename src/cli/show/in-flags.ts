import { tellNames } from '../../name-setting.js';
import { flagOf } from '../../steps/setting.js';

/** A text with the settings in it as flags; those that a step calls otherwise were told before. */
export function inFlags(text: string): string {
  return tellNames(text, (setting) => `--${flagOf(setting)}`);
}
