import { type ChatTemplate, renderTemplate } from './chat-template.js';
import { findSpecialStrings } from './find-special-strings.js';

/**
 * What ends a turn under a template, found by looking behind sentinels: the special string that follows a user's and an assistant's words, or where none does the line that
 * follows (`### Response:`); and the token that ends a text. For models whose own end of a turn nobody knows.
 */
export function turnEnds(template: ChatTemplate): readonly string[] {
  const behind = (messages: readonly { readonly role: string; readonly content: string }[]): string => {
    try {
      const text = renderTemplate(messages, template);
      return text.slice(text.lastIndexOf(sentinel) + sentinel.length);
    } catch {
      return '';
    }
  };
  const user = { role: 'user', content: sentinel };
  const answered = [user, { role: 'assistant', content: sentinel }];
  const next = { role: 'user', content: 'Next' };
  const texts = [behind([user]), behind(answered), firstPart(behind, [...answered, next])];
  const ends = [...texts.map(endIn), template.endToken];
  return [...new Set(ends.filter((end) => end !== ''))];
}

const sentinel = '\uE000turn\uE001';

/** Behind an assistant's words that are followed by another question, which an open turn of the assistant's is not. */
function firstPart(
  behind: (messages: readonly { readonly role: string; readonly content: string }[]) => string,
  messages: readonly { readonly role: string; readonly content: string }[],
): string {
  const text = behind(messages);
  const end = text.indexOf('Next');
  return end === -1 ? '' : text.slice(0, end);
}

function endIn(text: string): string {
  return (
    findSpecialStrings(text)[0] ??
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ??
    ''
  );
}
