import { comparison, decidedAlone, explainGrade, foundWhere } from '../../../answers/grade/explain-grade.js';
import type { WordPair } from './words.js';

/**
 * The two halves of a rule in words, by the fields `found` and `decided`: a reader has never seen `boxed/exact-number`. A reproduced grader finds and
 * compares after its own rules, and `preset/hendrycks` says no more than that.
 */
export const ruleWords: Readonly<Record<string, Readonly<Record<string, WordPair>>>> = {
  found: pair(
    {
      ...foundWhere,
      preset: 'where a reproduced grader looks',
      upstream: 'judged by its harness alone',
      none: 'no answer found',
    },
    {
      given: '答えだけの行',
      boxed: '最後のボックスの中',
      'answer-is': '「答えは」の後',
      hashes: '#### の後',
      'answer-mark': 'A: の後',
      'whole-text': '文全体',
      bold: '太字',
      conclusion: '結論（∴、よって）',
      formula: '最後の数式',
      number: '最後の数',
      choice: '最後の選択肢',
      'short-text': '短い行の全体',
      preset: '再現された採点器の決まりによる',
      upstream: '元の評価器の判定だけ',
      none: '答えなし',
    },
  ),
  decided: pair(
    {
      ...comparison,
      'metamath-gsm8k': 'by the rules of metamath-gsm8k',
      'metamath-math': 'by the rules of metamath-math',
      hendrycks: 'by the rules of hendrycks',
      strict: 'character by character',
    },
    {
      'same-text': '文字列として',
      'exact-number': '正確な数として',
      'exact-form': '正確な式として',
      sampled: '標本点で',
      'high-precision': '約 70 桁まで',
      'rounded-decimal': '丸めた小数として',
      tolerance: '許容誤差の範囲で',
      percent: 'パーセントとして',
      unit: '単位つきで',
      degrees: '角度として',
      base: '進数の数として',
      ratio: '比として',
      time: '時刻として',
      date: '日付として',
      choice: '選択肢として',
      text: '語として',
      list: '列として',
      set: '集合として',
      tuple: '組として',
      matrix: '行列として',
      cases: '場合ごとに',
      interval: '区間として',
      equation: '方程式として',
      inequality: '不等式として',
      unreduced: '約分されていない',
      'different-kinds': '答えの種類が違う',
      undecided: '証明できず、正解としない',
      'no-answer': '一方に答えがない',
      'metamath-gsm8k': 'metamath-gsm8k の規則で',
      'metamath-math': 'metamath-math の規則で',
      hendrycks: 'hendrycks の規則で',
      strict: '一文字ずつ',
    },
  ),
};

/** A verdict's reason in words, as `explainGrade` says it in English. */
export function reasonWords(grade: Parameters<typeof explainGrade>[0]): WordPair {
  const english = explainGrade(grade);
  const [found = '', decided = ''] = grade.rule.split('/');
  const said = (field: string, word: string): string => ruleWords[field]?.[word]?.[1] ?? word;
  if (grade.extracted === undefined || grade.extracted === '') return [english, said('found', 'none')];
  const result = decidedAlone.has(decided) ? '' : grade.equivalent ? '一致' : '不一致';
  return [english, `${said('found', found)}、${said('decided', decided)}${result}`];
}

function pair(
  english: Readonly<Record<string, string>>,
  japanese: Readonly<Record<string, string>>,
): Record<string, WordPair> {
  return Object.fromEntries(Object.entries(english).map(([word, said]) => [word, [said, japanese[word] ?? said]]));
}
