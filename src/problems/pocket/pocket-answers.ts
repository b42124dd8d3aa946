import { recognizePocket } from './recognize.js';

/**
 * The true answers of those questions that the pocket grammar can read and work out, by question. An oracle for measuring
 * what a model wrote: problems of any other source have none.
 */
export function pocketAnswers(questions: Iterable<string>): ReadonlyMap<string, string> {
  const answers = new Map<string, string>();
  for (const question of questions) {
    const recognized = recognizePocket(question);
    if (recognized !== undefined) answers.set(question, recognized.answer);
  }
  return answers;
}
