/** A reply in two: what the model thought, and what it says. */
export type SplitReply = {
  readonly thinking: string | undefined;
  readonly response: string;
  /** `<think>` is never closed: the reply was cut while the model thought. */
  readonly isOpen: boolean;
};

/**
 * Takes the text inside `<think>…</think>` out of a reply. Templates that open the tag themselves (DeepSeek-R1's since February
 * 2025) leave only `</think>` in it; the last `</think>` counts, as a model may write one in its thoughts.
 */
export function splitThinking(text: string): SplitReply {
  const opening = /^\s*<think>/i.exec(text)?.[0] ?? '';
  const end = text.toLowerCase().lastIndexOf('</think>');
  if (end === -1) {
    return opening === ''
      ? { thinking: undefined, response: text.trim(), isOpen: false }
      : { thinking: text.slice(opening.length).trim(), response: '', isOpen: true };
  }
  const thinking = text.slice(opening.length, end).trim();
  const response = text.slice(end + '</think>'.length).trim();
  // Opened once more behind its end: cut in a second thought
  if (/<think>/i.test(response)) return { thinking, response: '', isOpen: true };
  return { thinking: thinking === '' ? undefined : thinking, response, isOpen: false };
}
