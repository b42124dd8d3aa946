import { pattern, raw } from '../parse/pattern.js';

/** A reply in two: what the model thought, and what it says. */
export type SplitReply = {
  readonly thinking: string | undefined;
  readonly response: string;
  /** A thought is never closed: the reply was cut while the model thought. */
  readonly isOpen: boolean;
};

/** Opening marks of all families; configs/thinking.json says who writes which, and where that is from. */
const opening =
  /<(\w+[:_])?(think(ing)?|thought)>|◁think▷|\[THINK\]|<\|(open\|>think<\|sep|channel>thought|begin_of_thought|START_THINKING|inner_prefix|channel\|>(analysis|commentary)<\|message)(\|>)?/;
/** Their closing marks. Engines that leave special tokens out of a text leave two words of harmony's. */
const closing =
  /<\/(\w+[:_])?(think(ing)?|thought)>|◁\/think▷|\[\/THINK\]|<channel\|>|<\|(close\|>think<\|sep|end_of_thought|END_THINKING|inner_suffix|channel\|>final( ?<\|constrain\|>\w+)?<\|message)\|>|assistantfinal/g;
/** What some families put around the part that is said, and ends of turns. */
const frame = /^<\|(open\|>response<\|sep|\w{3,})\|>|<\|?(close\|>response<\|sep\|>.*|\w{3,}\|>)$/gs;
/** ERNIE's and Hunyuan's, R1-Zero's. */
const tags = /^<(answer|response)>(.*)<\/\1>$/s;
const harmony = /<\|(channel\|>\w+<\|message|end|start)\|>(assistant)?/g;
const begin = raw`(<\|start\|>assistant)?(${opening.source})`;
const lineStart = pattern`(^|\n)[^\S\n]*${begin}`;
const start = pattern`^${begin}`;

/**
 * Takes the thought out of a reply, whatever the family: the one parser of grading, splitting, exporting and training. A template that
 * opens the thought itself (DeepSeek-R1's since February 2025) leaves only the closing mark in the text; the last one counts, as a
 * model may write one in its thoughts. An opening mark counts at the start of a line. `isOpened`: the prompt ended inside a thought, and
 * without a closing mark all is thought.
 */
export const splitThinking = (text: string, { isOpened = false }: { readonly isOpened?: boolean } = {}): SplitReply => {
  // With a capital behind it no word that a person writes
  const [words, capital] = /^\s*analysis([A-Z]?)/.exec(text) ?? [];
  let end = -1;
  let behind = 0;
  // Most texts are done with after one look
  for (const { 0: mark, index } of /hink|hought|annel|inner|tfinal/i.test(text) ? text.matchAll(closing) : [])
    if (words || mark !== 'assistantfinal') [end, behind] = [index, index + mark.length];
  const isOpen = end < 0 ? isOpened || !!capital || lineStart.test(text) : opening.test(text.slice(behind));
  if (end < 0 && !isOpen) return { thinking: undefined, response: text.trim(), isOpen };
  const thought = (end < 0 ? text : text.slice(0, end)).trimStart().replace(start, '');
  const thinking = (words ? thought.slice(8) : thought).replace(harmony, '').trim();
  const response = isOpen ? '' : text.slice(behind).trim().replace(frame, '').trim().replace(tags, '$2').trim();
  return { thinking: thinking || isOpen ? thinking : undefined, response, isOpen };
};
