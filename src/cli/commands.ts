import type { Command } from './command.js';
import { compare } from './commands/compare.js';
import { problemsPocket } from './commands/problems-pocket.js';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [problemsPocket, compare];
