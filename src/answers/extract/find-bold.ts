import { isMathematics } from '../parse/parse-answer.js';
import { isDeniedAt } from './denials.js';
import { endOf } from './text-around.js';

/** The last `**bold**` words that read as mathematics, or that end the text. */
export const findBold = (text: string): string | undefined => {
  const tail = text.slice(-6000);
  const found: { content: string; end: number }[] = [];
  for (const match of tail.matchAll(/\*\*([^*\n]{1,300})\*\*/g)) {
    const content = (match[1] ?? '').replace(/^.*\b(answer|result)\b\W*(is|:)?\s*/i, '').trim();
    if (content && !isDeniedAt(tail, match.index, endOf(match))) found.push({ content, end: endOf(match) });
  }
  for (const { content, end } of found.slice(-3).reverse()) {
    if (isMathematics(content) && /[\d\\]/.test(content)) return content;
    if (tail.slice(end).trim().length <= 2 && content.length <= 60) return content;
  }
  return undefined;
};
