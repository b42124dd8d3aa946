export type AskedSentence = {
  /** UTF-16 offsets into the question; never empty when the question is not blank. */
  readonly span: readonly [start: number, end: number];
  /** The sentence that asks, without white space at its ends. */
  readonly sentence: string;
};

/**
 * Finds the sentence that asks: the last one with a question mark; where there is none, the last command ("Find the
 * sum."); else the last sentence. Of a conditional ("If a pen costs $3, how much do 4 pens cost?") only the asking clause
 * counts, so that what is given stays in front. Self-verification rewrites this piece and keeps the rest (Weng et al. 2023).
 */
export function findAskedSentence(question: string): AskedSentence | undefined {
  const sentences = splitSentences(question);
  const last = (pattern: RegExp) => sentences.findLast(([start, end]) => pattern.test(question.slice(start, end)));
  const [from, to] = last(questionMark) ??
    last(command) ??
    last(commandJapanese) ??
    last(commandAbroad) ??
    sentences.at(-1) ?? [0, 0];
  const start = from + clauseOffset(question.slice(from, to));
  // a formula's closing delimiter belongs to the sentence in front
  const sentence = question
    .slice(start, to)
    .replace(/^(?:\$(?=\s)|\\[\])])/, '')
    .trim();
  if (sentence === '') return undefined;
  const begin = question.indexOf(sentence, start);
  return { span: [begin, begin + sentence.length], sentence };
}

const questionMark = /[?？]["'”’)\]$}」』]*\s*$|(?:です|ます|した|でしょう|だろう|いくつ|いくら)か。?\s*$/;
/** "Enter" and "Round" are not here: they say how to write the answer, not what is asked. */
const command =
  /(?:^\W*(?:(?:please|then|now|and)\s+)?|[.;:]\s\((?:[ivx]{1,4}|[a-h]|\d)\)\s|,\$? (?:then )?)(?:find|calculate|compute|determine|solve|evaluate|simplify|express|write|give|work out|factor|expand|convert|say|state|name|list|prove|show|what|how|tell|add|subtract|multiply|divide|count|put|reduce|estimate)\b/i;

const commandJapanese =
  /(?:求め|答え|計算し|証明し|示し|解き|書き|表し|比べ)(?:よ|ろ|なさい|てください|て下さい|ましょう|て答え)|(?:証明せよ|示せ|解け|表せ|計算せよ)/;

/** Spanish, Portuguese, French, Italian, German at the beginning of a sentence; Chinese, at most so far from its end that texts of nothing else are soon read. */
const commandAbroad =
  /^\W*(?:calcul[ae]|calcular|calculez|calculer|calcola|halla|hallar|encuentra|encuentre|encontre|determin[ae]|determinar|déterminez|déterminer|trouve[rz]?|trova|resuelve|resuelva|resolva|risolvi|résou[sd]\w*|résolvez|demuestra|démontre[rz]?|dimostra|berechnen?|bestimmen?|ermittl?en?|ermittle|löse|lösen|finde|beweisen?|zeigen?)(?![\p{L}])|(?:求|计算|求解|证明|化简|解方程)(?!得|出了|了)[^。？！]{0,200}[。.]?\s{0,9}$/iu;

/** Whether a sentence asks something: a question mark, or a command ("Find the sum.", "If it is 3, find its half."). */
export function isAskingSentence(sentence: string): boolean {
  return [questionMark, command, commandJapanese, commandAbroad].some((pattern) => pattern.test(sentence));
}

/** Sentence spans that cover the text; pieces that the segmenter cut off after "Mr." or "J." are joined again. */
export function splitSentences(text: string): readonly (readonly [start: number, end: number])[] {
  const from = Math.max(0, text.length - longestSplit);
  const spans: [number, number][] = from > 0 ? [[0, from]] : [];
  for (const { segment, index } of segmenter().segment(text.slice(from))) {
    const [start, end] = [from + index, from + index + segment.length];
    const last = spans.at(-1);
    const isBlank = segment.trim() === '';
    if (last && (isBlank || isUnfinished(endOf(text, last), segment))) last[1] = end;
    else if (!isBlank) spans.push([start, end]);
  }
  return spans;
}

/** Intl.Segmenter takes quadratic time; of a longer text only this many last characters are split. */
const longestSplit = 8000;

/** Enough of a sentence's end to know an abbreviation. */
function endOf(text: string, [start, end]: readonly [number, number]): string {
  return text.slice(Math.max(start, end - 40), end);
}

let sentenceSegmenter: Intl.Segmenter | undefined;
function segmenter(): Intl.Segmenter {
  sentenceSegmenter ??= new Intl.Segmenter('en', { granularity: 'sentence' });
  return sentenceSegmenter;
}

/** Words with a period that always want something after them. */
const openAbbreviation =
  /(?:^|[\s("'“‘])(?:Mr|Mrs|Ms|Mx|Dr|Prof|St|Mt|Ft|Sgt|Capt|Lt|Col|Gen|Rev|Hon|No|Nos|Fig|Eq|vs|e\.g|i\.e|cf|approx)\.\s*$/;
const timeOfDay = /[ap]\.m\.\s*$/;
const dayOrZone = /^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|EST|EDT|PST|CST|UTC|GMT)\b/;
/** "J." may be an initial or the point that a sentence ends with: the next word decides. */
const initial = /(?:^|[\s("'“‘])[A-Z]\.\s*$/;
const opener =
  /^["'“‘(]*(?:How|What|Which|Who|Whose|When|Where|Why|If|Find|Calculate|Compute|Determine|Express|Give|Write|Solve|The|A|An|In|On|At|After|Before|Then|He|She|It|They|We|I|Each|Every|His|Her|Its|Their|There|This|That|These|Is|Are|Does|Do|Did|Will|Can)\b/;

function isUnfinished(before: string, next: string): boolean {
  if (!/[\p{L}\p{N}?]/u.test(next)) return true; // a closing quote or "$" that was cut off
  if (/^\p{Ll}/u.test(next) && !/\n\s*$/.test(before)) return true; // "How many?" she asks
  if (openAbbreviation.test(before)) return true;
  if (timeOfDay.test(before)) return dayOrZone.test(next);
  return initial.test(before) && !opener.test(next);
}

const condition = /^\s*(?:if|when|given|suppose|assuming|since|because|knowing)\b/i;
const askingClause = /,\s+(?:then\s+)?(?=(?:how|what|which|who|whose|when|where|find|calculate|compute|determine)\b)/gi;

/** 「5人で分けると、」: what is given, and the question behind it. */
const clauseJapanese =
  /(?:とき(?:に)?|[うくすつぬぶむる]と|[えけせてねべめれげ]ば|なら(?:ば)?|場合)、(?=[^、]{0,60}(?:何|いくつ|いくら|どれ|求め|答え))/g;

/** Where the asking clause of a conditional sentence begins; 0 when the sentence asks as a whole. */
function clauseOffset(sentence: string): number {
  const japanese = [...sentence.matchAll(clauseJapanese)].at(-1);
  if (japanese !== undefined) return japanese.index + japanese[0].length;
  if (!condition.test(sentence)) return 0;
  const comma = [...sentence.matchAll(askingClause)].at(-1);
  return comma === undefined ? 0 : (comma.index ?? 0) + comma[0].length;
}
