import type { OtherTask } from './control-words.js';

/** Whether a text asks for a program, or for a translation of a text that it holds. How well it asks is left to the tags. */
export function isRequest(instruction: string, task: OtherTask): boolean {
  const length =
    instruction.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+/gu)?.length ?? 0;
  return length >= leastWords && subject[task].test(instruction);
}

/** Fewer say nothing whole, in Japanese fewer letters. */
const leastWords = 4;

const subject: { readonly [task in OtherTask]: RegExp } = {
  code: /```|\b(?:code|coding|functions?|programs?|programming|scripts?|algorithms?|class(?:es)?|methods?|implement\w*|debug\w*|compil\w+|python|java(?:script)?|typescript|rust|golang|kotlin|swift|sql|html|css|bash|shell|regex|api|arrays?|strings?|lists?|loops?|recursi\w+|bugs?|errors?|software|apps?|application|database|query|queries|server|website|git|json|data structure)\b|C\+\+|C#|コード|関数|プログラム|プログラミング|スクリプト|アルゴリズム|クラス|メソッド|実装|デバッグ|配列|文字列|アプリ|データベース|エラー/i,
  translation:
    /\btranslat\w+|\b(?:in|into|to) (?:english|french|german|spanish|italian|portuguese|dutch|russian|chinese|mandarin|japanese|korean|arabic|hindi|turkish|polish|swedish|greek|latin|hebrew|vietnamese|thai|indonesian|swahili)\b|\bhow (?:do|would) (?:you|i) say\b|翻訳|訳し|訳せ|[英和独仏中韓]訳/i,
};
