/** Where the answer begins inside of a problem in Japanese, in UTF-16 offsets; undefined where it holds none. */
export function findJapaneseBleed(instruction: string): number | undefined {
  const found = heading.exec(instruction) ?? restart.exec(instruction);
  if (found !== null) return found.index;
  for (const { index } of instruction.matchAll(/答えは/g)) {
    const sentence = instruction.slice(index, index + 200).split(/[。？?\n]/, 1)[0] ?? '';
    // 「答えは小数第2位まで求めなさい」 says how to answer, 「答えは12です」 answers.
    if (/[\d０-９$\\一二三四五六七八九十]/.test(sentence) && !asksFor.test(sentence)) return index;
  }
  const asked = [...instruction.matchAll(question)].at(0);
  if (asked === undefined) return undefined;
  const end = asked.index + asked[0].length;
  const reasoning = reasons.exec(instruction.slice(end));
  return reasoning === null ? undefined : end + reasoning.index;
}

const heading =
  /(?:^|[\n。？?])\s*(?:\*\*|【|#+\s*)?(?:解答例?|答え|解説|解法|解き方|解)\s*(?:\*\*|】)?\s*(?:[:：]|(?<=】))/;
/** 「この問題を解くには、まず」: the task in other words, and somebody who sets about it. */
const restart =
  /(?:この問題|この方程式|これ)を(?:解く|求める)(?:には|ために)|解いてみましょう|考えてみましょう|一緒に(?:解|考え)/;
const asksFor = /(?:なさい|せよ|ください|下さい|こと|ものとする|とする|よい|か|丸め|四捨五入して|答え(?:よ|る))$/;
const question =
  /(?:[?？]|(?:です|ます|でしょう|だろう|した)か。|(?:求め|答え|計算し|証明し|示し|解き)(?:よ|なさい|てください|て下さい)。?|(?:示せ|解け|証明せよ|計算せよ)。?)/g;
const reasons =
  /(?:^|[。\s、])(?:まず|したがって|従って|よって|ゆえに|すなわち|つまり|ここで、|これより|以上より|∴|(?:計算|整理|展開|代入|因数分解)すると|[^。]{1,20}とおくと)/;
