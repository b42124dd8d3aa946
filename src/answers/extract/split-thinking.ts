import { pattern } from '../parse/pattern.js';

/** A reply in two: what the model thought, and what it says. */
export type SplitReply = {
  readonly thinking: string | undefined;
  readonly response: string;
  /** A thought is never closed: the reply was cut while the model thought. */
  readonly isOpen: boolean;
};

/** Opening marks of all families; configs/thinking.json says who writes which, and where that is from. */
const opening =
  /<(seed:|longcat_)?think(ing)?>|<thought>|◁think▷|\[THINK\]|<\|(open\|>think<\|sep|channel>thought|begin_of_thought|START_THINKING|inner_prefix|channel\|>(?:analysis|commentary)<\|message)(\|>)?/;
/** Their closing marks. Engines that leave special tokens out of a text leave two words of harmony's. */
const closing =
  /<\/((seed:|longcat_)?think(ing)?|thought)>|◁\/think▷|\[\/THINK\]|<channel\|>|<\|(close\|>think<\|sep|end_of_thought|END_THINKING|inner_suffix|channel\|>final(?: ?<\|constrain\|>\w+)?<\|message)\|>|assistantfinal/g;
/** What some families put around the part that is said. */
const frame =
  /^<\|(begin_of_solution|START_RESPONSE|open\|>response<\|sep)\|>|<\|((end|return|end_of_solution|END_RESPONSE|assistant_end)\|>|close\|>response<\|sep\|>.*)$|<turn\|>$/gs;
/** ERNIE's and Hunyuan's, R1-Zero's. */
const tags = /^<(answer|response)>(.*)<\/\1>$/s;
const harmony = /<\|(channel\|>(?:analysis|commentary)<\|message|end|start)\|>(assistant)?/g;
const lineStart = pattern`(^|\n)[^\S\n]*(<\|start\|>assistant)?(${opening.source})`;
const start = pattern`^(<\|start\|>assistant)?(${opening.source})`;

/**
 * Takes the thought out of a reply, whatever the family: the one parser of grading, splitting, exporting and training. A template that
 * opens the thought itself (DeepSeek-R1's since February 2025) leaves only the closing mark in the text; the last one counts, as a
 * model may write one in its thoughts. An opening mark counts at the start of a line. `isOpened`: the prompt ended inside a thought, and
 * without a closing mark all is thought.
 */
export const splitThinking = (text: string, { isOpened = false }: { readonly isOpened?: boolean } = {}): SplitReply => {
  const isWords = /^\s*analysis/.test(text);
  // No word that a person writes
  const isWordsOpen = /^\s*analysis[A-Z]/.test(text);
  let end = -1;
  let behind = 0;
  // Most texts are done with after one look
  for (const { 0: mark, index } of /hink|hought|THINK|channel|inner_|assistantfinal/.test(text)
    ? text.matchAll(closing)
    : [])
    if (isWords || mark !== 'assistantfinal') [end, behind] = [index, index + mark.length];
  const isOpen = end < 0 ? isOpened || isWordsOpen || lineStart.test(text) : opening.test(text.slice(behind));
  if (end < 0 && !isOpen) return { thinking: undefined, response: text.trim(), isOpen };
  const thought = (end < 0 ? text : text.slice(0, end)).trimStart().replace(start, '');
  const thinking = (isWords ? thought.slice('analysis'.length) : thought).replace(harmony, '').trim();
  const response = isOpen ? '' : text.slice(behind).trim().replace(frame, '').trim().replace(tags, '$2').trim();
  return { thinking: !thinking && !isOpen ? undefined : thinking, response, isOpen };
};
