/** Where a short answer stands behind a question, in UTF-16 offsets: "A: 30 days.", "Answer: 7", "It is 7.", "3 + 4 = 7"; null where none does. */
export function findToldAnswer(instruction: string): { readonly index: number } | null {
  const index = instruction.search(reply);
  const behind = instruction.slice(index);
  // Where "B:" comes behind it, it is the first of several choices or names, and where a question does, somebody's turn
  const isReply = index >= 0 && !choice.test(behind) && !/[?？]/.test(behind);
  if (isReply) return { index };
  const found =
    said.exec(instruction) ?? told.exec(instruction) ?? variable.exec(instruction) ?? findRepeated(instruction);
  return found ?? (completes.test(instruction) ? null : computed.exec(instruction));
}

const reply = /(?:\n\s?|(?<=[?？]["')\]]?) )A\d{0,2}\s?[:：](?![\s\S]*\n\s?A\s?[:：])/;
const choice = /\s\(?[B-Z]\s?[:：.)]/;
/** "Answer: 112.5", and not "Answer: give three digits." */
const said =
  /(?<=[.?!]["')\]]?)\s+(?:the )?(?:answer|answers(?![^\n]*,))\s?[:：](?!\s?(?:give|write|round|enter|express|state|use|in|as|to|up)\b|\s?(?:_{2,}|\.{2,}|$))/i;
/** A number, or the letter of a choice, is all that stands behind the last question. */
const told =
  /(?<=[?？]["')\]]?\s)\s?(?:(?:=+>?|→|ans(?:wer)?|correct(?: answer)?|it(?:'s|’s| is| was)|that(?:'s|’s| is)|the (?:answer|result|sum|total|product|difference|value) (?:is|was|equals)|there (?:are|were|is)|\p{Lu}\p{Ll}+ has)\s?[:.]?\s?)?(?:[-−$€£]{0,2}\d[\d.,/%:]*(?:\s?(?!points?|marks?|pts)\p{L}{1,12})?|\(?[A-E]\)?|(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: \p{L}{1,12})?)\.?$|\bcorrect(?: answer| option| choice)? ?: ?\(?[A-E]\)?\.?$/iu;
/** "What is x? x = 4": what was asked for, and not what is given behind "What is 3x + 2?" */
const variable = /(?<=(?:\bis|\bfind) \$?([a-z])\$?[?.]\s)\s?\$?\1\s?=\s?[-−]?\d[\d./]*\$?\.?$/i;
/** "3 + 4 = 7 pens" at the end. */
const computed =
  /(?<=[?？]["')\]]?\s)\s?[-−$€£(]{0,2}\d[\d\s.,+*/×÷x()$−-]{0,120}=\s?[-−$€£]{0,2}\d[\d.,/]*(?:\s?\p{L}{1,12}){0,2}[.!]?$/iu;
/** "15% of 80 is 12." and "He paid $6." say what was asked in its own words. */
function findRepeated(instruction: string): { readonly index: number } | null {
  const found = sentence.exec(instruction);
  if (found === null) return null;
  const asked = instruction
    .slice(0, found.index)
    .toLowerCase()
    .split(/[.?!]\s/)
    .slice(-2)
    .join(' ');
  const { subject, verb } = found.groups ?? {};
  const isRepeated =
    subject === undefined ? has(asked, verb?.toLowerCase() ?? '') : asked.includes(subject.trim().toLowerCase());
  return isRepeated ? { index: found.index } : null;
}
const sentence =
  /(?<=[?？]["')\]]?\s)\s?(?:(?<subject>\d[^.?!]{0,60}?) (?:is|are|equals?) (?:[-−$€£]{0,2}\d[\d.,/%]*(?:\s?\p{L}{1,12})?|bigger|larger|greater|smaller|less|prime|composite|even|odd)|(?:he|she|they|it|we|you) (?<verb>\p{L}{2,12}) [-−$€£]{0,2}\d[\d.,/%]*(?:\s\p{L}{1,12})?)[.!]?$/iu;
const has = (asked: string, verb: string): boolean =>
  [verb, irregular[verb] ?? verb, verb.replace(/(?:ed|d|s)$/, '')].some((form) =>
    new RegExp(`\\b${form}\\b`).test(asked),
  );
const irregular: Readonly<Record<string, string>> = {
  paid: 'pay',
  has: 'have',
  had: 'have',
  spent: 'spend',
  got: 'get',
  made: 'make',
  sold: 'sell',
  ate: 'eat',
  drank: 'drink',
  ran: 'run',
  saved: 'save',
  drove: 'drive',
  took: 'take',
  read: 'read',
};

/** An equation to be judged or completed stands behind its question. */
const completes =
  /\b(?:true|false|correct|right|wrong|equations?|statements?|signs?|brackets|parenthes[ei]s|blanks?|hold)\b/i;
