import { agreeInNumber } from '../../../agree-in-number.js';
import type { Language } from '../../../language/translate.js';
import { ruleWords } from './rule-words.js';

/** Everything that the page says by itself: English, Japanese. `{}` stands for values in order. */
const words = {
  right: ['right', '正解'],
  wrong: ['wrong', '不正解'],
  cut: ['cut by the limit', '上限で打ち切り'],
  unanswered: ['no answer', '答えなし'],
  failed: ['call failed', '呼び出し失敗'],
  disagree: ['graders disagree', '採点が食い違う'],
  split: ['vote split', '票が割れた'],
  unread: ['not read yet', '未読'],
  task: ['task', '課題'],
  level: ['level', 'レベル'],
  subject: ['subject', '分野'],
  steps: ['steps', '手順数'],
  type: ['technique', '手法'],
  length: ['tokens of the answer', '解答のトークン数'],
  solved: ['samples right', '正解した回数'],
  questionThird: ['length of the question', '問題文の長さ'],
  nearestType: ['nearest training type', '最も近い学習行の型'],
  found: ['where the answer was found', '答えのあった場所'],
  decided: ['how it was compared', '比べ方'],
  finishReason: ['how it ended', '終わり方'],
  accuracyTitle: ['Accuracy', '正答率'],
  answersRight: ['{} of {} answers right', '{2} 件中 {1} 件が正解'],
  interval: ['95 % interval {} to {} %', '95 % 区間 {1}〜{2} %'],
  bestOf: ['Best of {} by {}, all questions: {} %', '全問、{2}による最良 {1} 件中: {3} %'],
  vote: ['vote', '多数決'],
  reward: ['reward', '報酬モデル'],
  judge: ['judge', '審判モデル'],
  gradedBy: ['graded by {}', '採点: {1}'],
  notCounted: ['{} without an answer from anybody, not counted', '応答のなかった {1} 件は数えない'],
  breakdown: ['Accuracy by', '内訳'],
  breakdownHelp: [
    'Click a bar to look at its rows alone; all other figures follow.',
    '棒を押すとその行だけになり、ほかの数字も連動します。',
  ],
  moreFields: ['More fields ({})', 'ほかの項目（{1}）'],
  fewerFields: ['Fewer fields', '項目を減らす'],
  moreValues: ['{} more', 'ほか {1}'],
  fewerValues: ['fewer', '減らす'],
  rows: ['Answers', '解答'],
  rowsOf: ['{} of {} rows', '{2} 行中 {1} 行'],
  search: ['Search questions, answers and responses', '問題・答え・応答を検索'],
  clear: ['Clear all', 'すべて解除'],
  remove: ['Remove the filter {}', '絞り込み「{1}」を外す'],
  nothing: ['No row is left by these filters.', 'この絞り込みに当てはまる行はありません。'],
  question: ['question', '問題'],
  gold: ['gold', '正答'],
  answer: ['answer', '答え'],
  outcome: ['outcome', '結果'],
  tokens: ['tokens', 'トークン'],
  sortBy: ['Sort by {}', '{1}で並べ替え'],
  openRow: ['Open this row', 'この行を開く'],
  close: ['Close', '閉じる'],
  previous: ['Previous row', '前の行'],
  next: ['Next row', '次の行'],
  keys: [
    'Keys: j and k go on and back, r draws a row at random, 1 to 3 judge, Esc closes, / searches',
    'キー: j/k で次・前、r で無作為に 1 行、1〜3 で判断、Esc で閉じる、/ で検索',
  ],
  noQuestion: ['The run holds no text of the question.', 'この実行には問題文がありません。'],
  noResponse: ['There is no response.', '応答がありません。'],
  response: ['Response', '応答'],
  rendered: ['formulas', '数式'],
  plain: ['as written', '原文'],
  answerMarked: ['The answer is marked where it was found.', '見つかった答えに印が付いています。'],
  thinking: ['Thinking ({} characters)', '思考（{1} 文字）'],
  verdicts: ['Verdicts', '判定'],
  noAnswer: ['no answer found', '答えが見つからない'],
  noVerdict: ['no verdict', '判定なし'],
  samples: ['All answers to this question', 'この問題へのすべての解答'],
  sample: ['sample {}', '{1} 回目'],
  details: ['Details', '詳細'],
  completionTokens: ['{} tokens', '{1} トークン'],
  promptTokens: ['{} of the prompt', 'プロンプト {1}'],
  reader: ['Your verdict', 'あなたの判断'],
  agree: ['The verdict is right', '判定は正しい'],
  'disagree-reader': ['The verdict is wrong', '判定は誤り'],
  'gold-wrong': ['The gold answer is wrong', '正答が誤り'],
  reading: ['Reading', '読み取り検査'],
  readingHelp: [
    'Read rows drawn at random and say whether the verdict holds. Kept in this browser alone.',
    '無作為に選んだ行を読み、判定が正しいか答えてください。このブラウザにだけ保存されます。',
  ],
  readCount: ['{} read, {} with a fault', '{1} 件を確認、誤り {2} 件'],
  goldWrongCount: [
    'Gold answers held wrong: {}, which leaves their verdicts open',
    '誤りとみた正答: {1}（その判定は数えない）',
  ],
  readNone: ['n rows read without fault', '誤りなしで読んだ行数'],
  atMost: [
    '{} rows read without fault: at most {} % of the verdicts are wrong, at 95 % confidence, if the rows were drawn at random',
    '{1} 行を誤りなしで確認: 無作為に選んだ行なら、誤った判定は 95 % の信頼度で多くとも {2} %',
  ],
  agreement: [
    'You agree with {} % of the verdicts (95 % interval {} to {} %)',
    '判定との一致 {1} %（95 % 区間 {2}〜{3} %）',
  ],
  readRandom: ['Read a row at random', '無作為に 1 行読む'],
  readAnother: ['Another at random', '無作為に次の 1 行'],
  exportRead: ['Export verdicts', '判断を書き出す'],
  forget: ['Forget them', '消去'],
  comparison: ['The two runs, question by question', '二つの実行の比較（問題ごと）'],
  both: ['both right', '両方正解'],
  left: ['only {}', '{1} だけ正解'],
  'right-only': ['only {}', '{1} だけ正解'],
  neither: ['neither', '両方不正解'],
  difference: ['{} less {}: {} points, 95 % interval {} to {}', '{1} − {2}: {3} ポイント、95 % 区間 {4}〜{5}'],
  mcnemar: ['exact McNemar p = {} on {} questions', '正確マクネマー検定 p = {1}（{2} 問）'],
  heatMap: ['Questions by runs', '問題と実行'],
  heatMapHelp: [
    'A column a question, hardest first; a row a run. Click to open.',
    '列が問題（難しい順）、行が実行です。押すと開きます。',
  ],
  run: ['run', '実行'],
  allRuns: ['all runs', 'すべての実行'],
  copyLink: ['Copy a link', 'リンクをコピー'],
  copied: ['Copied', 'コピーしました'],
  theme: ['Theme', '配色'],
  auto: ['as the system', 'システムに合わせる'],
  light: ['light', '明るい'],
  dark: ['dark', '暗い'],
  languageName: ['日本語', 'English'],
  filters: ['Filters', '絞り込み'],
  madeBy: ['Made by {}. Opens offline and sends nothing.', '{1} で作成。オフラインで開き、何も送信しません。'],
  chapters: ['More about this run', 'この実行について'],
  skip: ['Skip to the answers', '解答へ移動'],
  firstSamples: ['The first {} of {}', '全 {2} 件のうち最初の {1} 件'],
  printNote: ['The first {} rows of {}', '全 {2} 行のうち最初の {1} 行'],
} as const;

export type Word = keyof typeof words;
/** English, Japanese. */
export type WordPair = readonly [string, string];
export type Say = (word: Word | WordPair, ...values: readonly (string | number)[]) => string;

/** What the page says, in one language. */
export function speak(language: Language): Say {
  return (word, ...values) => {
    const [english, japanese] = typeof word === 'string' ? words[word] : word;
    let next = 0;
    const said =
      language === 'ja'
        ? japanese.replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place) - 1] ?? ''))
        : agreeInNumber(english.replace(/\{\}/g, () => String(values[next++] ?? '')));
    return keepPercent(said);
  };
}

/** No line of a narrow page ends between a number and its percent sign. */
export const keepPercent = (text: string): string => text.replaceAll(' %', '\u00a0%');

/** A field's title: in words where it is one of ours, else its name. */
export function titleOf(field: string, say: Say): string {
  return field in words ? say(field as Word) : field;
}

/** A value of a field: the halves of a grader's rule in words, any other as it is. */
export function titleOfValue(field: string, value: string, say: Say): string {
  const pair = ruleWords[field]?.[value];
  return pair === undefined ? value : say(pair);
}

export const wordPairs: Readonly<Record<string, WordPair>> = words;
