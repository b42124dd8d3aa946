import { normalInstruction } from './check-instruction.js';

/**
 * What is left of a problem when its numbers and its names (capitalised words) are masked. Two problems of one pattern are the same
 * problem with other numbers: word for word they differ, and there is nothing new to learn from the second.
 */
export function problemPattern(text: string): string {
  return normalInstruction(text.replace(/\d(?:[\d.,/]*\d)?/g, '0').replace(/\p{Lu}\p{Ll}+/gu, 'Name'));
}
