/**
 * Whether a text holds what only chat templates and vocabularies write: delimiters of any family, whoever drew it. A model that was tuned on
 * the texts of others writes theirs letter by letter.
 */
export const holdsTemplateTokens = (text: string): boolean =>
  tokens.test(text) || heading.test(text) || speaker.test(text);

const roles = 'user|assistant|system|human|bot|model|tool|developer';

/** In angle brackets with bars (Llama 3, ChatML, DeepSeek's U+FF5C, Gemma 4). Three letters at least, since |x| < |y| is mathematics. */
const barred = String.raw`<[|｜][\w▁ ]{3,40}|[\w▁]{3,40}[|｜]>|<turn\|>|<\|turn>|\|{1,2}(?:user|system|assistant|(?:start|begin|end|eot|im)_\w+)\|`;
/** In angle brackets alone: roles, ends, thoughts, tools, numbered places of a vocabulary, bytes. */
const angled = String.raw`<\/?s>|<<\/?SYS>>|<\/?(?:\w{2,12}[:_])?(?:${roles}|think(?:ing)?|thought|bos|eos|pad|unk|mask|sop|tool_calls?|function_calls?)>|<\/?(?:start|end)_?of_?\w{3,12}>|<(?:extra_id|reserved|unused|special|special_token|reserved_special_token)_?\d{1,4}>|<fim_\w{3,7}>|<\/?(?:answer|response|role|image|_user|_end|ChatBot)>|<0x[0-9A-F]{2}>`;
/** In square brackets (Mistral, BERT, GLM, EXAONE), and MiniMax's. */
const squared = String.raw`\[\/?(?:INST|THINK|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|BOS|EOS|PAD|UNK|SEP|CLS|g?MASK|unused\d{1,3})\]|\[\|(?:${roles}|endofturn)\|\]|\]~!?b[[\]]|\[e~\[`;
/** Spaces and ends of lines as a vocabulary writes them. */
const bytes = String.raw`▁\p{L}|\p{L}[ĠĊ]\p{L}`;
const tokens = new RegExp(`${barred}|${angled}|${squared}|◁\\/?think▷|${bytes}`, 'iu');

/** "### Instruction:" of Alpaca's kind. */
const heading = /(?:^|\n)[ \t]*#{2,4} ?(?:instruction|response|input|output|system|user|assistant|human)[ \t]?[:：]/i;
/** A chat written down: who speaks, in front of a line, or in one of its own, as ChatML and Llama 3 read without their special tokens. */
const speaker =
  /(?:^|\n)[ \t]*[*#<]{0,3} ?(?:user|assistant|human|bot)(?:\*\*|>)?[ \t]?[:：]|\n[ \t]*(?:user|assistant)[ \t]*\n/i;
