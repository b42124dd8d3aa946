import { isAskingSentence, splitSentences } from '../../language/last-sentence.js';

/**
 * Whether a text asks for a definite result or a proof of something mathematical. A request to explain, to recommend or to
 * chat is none, whatever numbers it holds.
 */
export function isMathProblem(instruction: string): boolean {
  if (japanese.test(instruction)) {
    if (japaneseProgram.test(instruction)) return false;
    const isTalk = japaneseTalk.test(instruction) && !japaneseResult.test(instruction);
    return japaneseTask.test(instruction) && quantity.test(instruction) && !isTalk;
  }
  if (program.test(instruction)) return false;
  const text = instruction.replace(/[ \t]+/g, ' ');
  const sentences = splitSentences(text).map(([start, end]) => text.slice(start, end).trim());
  const asking = sentences.filter(
    (sentence) => isAskingSentence(sentence) || proof.test(sentence) || form.test(sentence),
  );
  const isAsked = asking.some((sentence) => !talk.test(sentence) || result.test(sentence));
  return isAsked && (quantity.test(instruction) || asking.some((sentence) => proof.test(sentence)));
}

const quantity =
  /[0-9０-９]|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|half|twice|third|quarter|percent|probability|number of ways|(?:tri|rect)angle|square|circle|sphere|cube|\w+gon)\b|\$|\\[a-z([]|\^|[二三四五六七八九十百千半倍]/i;
/** MATH asks by saying how the answer is to be written. */
const form = /\bEnter (?:the|your|all)\b|(?:\}|\\\])\s*,?\s*(?:then )?(?:find|determine|compute|calculate)\b/i;
const proof = /\b(?:dis)?prove (?:that|or|the)\b|\bshow that\b/i;

/** Explaining, advising, chatting. */
const talk =
  /\b(?:explain|describe|discuss|elaborate|recommend|introduc\w+|overview|help me|significance|importance|applications?|understand|tell me about|learn|interested in|do it|do that)\b|\b(?:can|could|would|will) you (?:please )?(?:also )?(?:give|provide|share|suggest|create|generate|write)\b/i;
/** What is asked for all the same: "Can you explain how to find …" still is talk, "find all …" is not. */
const result =
  /(?:^|[,;.?] |\band |\bthen )(?:find|determine|calculate|compute|solve|evaluate|simplify)\b|\bcan you (?:find|determine|calculate|compute|solve|prove)\b|\bhow (?:many|much|long|far|old)\b|\bwhat (?:is|are|was|will be) the (?:value|number|sum|product|probability|area|volume|length|remainder|ratio|smallest|largest|least|greatest|minimum|maximum)\b|\bused to solve for\b/i;
/** A task for a programmer. */
const program =
  /\b(?:in python|python (?:function|code|program|script)|javascript|programming language|write a (?:\w+ )?(?:function|program|script) (?:that|to|which))\b/i;

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const japaneseTask =
  /[?？]|求め|計算し|証明し|証明せよ|示し|示せ|解き|解け|答え(?:よ|なさい|て)|何(?:個|人|枚|本|通り|円|倍|番|度|時間|分)|いくつ|いくら|でしょうか|ですか|ますか|ましたか/;
/** 説明、紹介、助言を頼む文。 Explaining, advising, as in `talk`. */
const japaneseTalk =
  /(?:説明|紹介|解説|要約|翻訳|助言|アドバイス)(?:し|を)|教えて|おすすめ|とは(?:何|どういう)|書いてください|作ってください/;
const japaneseResult =
  /求め|計算し|証明|示せ|示し|解き|解け|いくつ|いくら|何(?:個|人|枚|本|通り|円|倍|番|度|時間|分|歳|日|km|cm|m)/;
const japaneseProgram = /Python|プログラム|JavaScript|コードを/i;
