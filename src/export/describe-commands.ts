import { quoteWords } from '../gpu/quote-words.js';
import type { StageFacts } from './run-facts.js';

/** A command line for each stage that a command or a recipe did, as one could type it; files are named without their folders. */
export function describeCommands(stages: readonly StageFacts[], { directory }: { directory: string }): string[] {
  return stages.flatMap(({ summary }) => {
    const words = summary?.command;
    if (!Array.isArray(words) || !words.every((word) => typeof word === 'string')) return [];
    // Of somebody else's manifest a card never tells to type anything but our own commands
    if (words[0] !== 'mathpie' || words.some((word) => /\p{Cc}/u.test(word))) return [];
    return [quoteWords([...words, '--run', directory])];
  });
}
