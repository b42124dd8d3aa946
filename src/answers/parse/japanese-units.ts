import { readPairs } from './read-pairs.js';

/** Japanese units that convert, in the words of `units.ts`. */
const measures = readPairs(
  'キロメートル:km センチメートル:cm ミリメートル:mm センチ:cm メートル:m キログラム:kg ミリグラム:mg グラム:g ミリリットル:ml リットル:L ドル:dollars セント:cents ユーロ:euros 円:yen 時間:hours 秒間:seconds 分間:minutes 日間:days 週間:weeks 年間:years か月,ヶ月,カ月,ヵ月,ケ月,箇月:months 秒:seconds 分:minutes 日:days 年:years',
);

/** Words that count things: the same word on both sides is the same thing, another one is not. */
const counters = readPairs(
  '人 本 枚 冊 匹 頭 羽 台 杯 回 通り 組 セット 点 問 題 段 階 束 袋 箱 皿 倍 歳 ページ 文字 桁 球 着 足 軒 番目 番 位 周 株 切れ 粒 玉 輪 か所 試合 曲 駅 ポイント 単位 行 列 種類 対 トン デシリットル 個 コ,ヶ,箇,つ:個 名:人 才:歳 ヶ所,カ所,箇所,ケ所:か所',
);

const marks = new Map([
  ['度', '^\\circ '],
  ['パーセント', '\\%'],
]);

/** Longer names first: `分` is in none of them. */
const names = [measures, counters, marks]
  .flatMap((table) => [...table.keys()])
  .sort((left, right) => right.length - left.length);

/** Patterns for one unit or counter, to be put into a larger pattern; the longest that fits. */
export const japaneseUnitName = `(?:平方|立方)?(?:${names.join('|')})`;
export const japaneseUnit = `(?:平方|立方)?(?:${names.join('|')}|[kcm]?m|[km]?g|[mdL]?[lL])`;

/** The unit as LaTeX text that `units.ts` knows, or as it is when it only counts. */
export const spellJapaneseUnit = (unit: string): string => {
  const [, power, name = ''] = /^(平方|立方)?(.*)$/.exec(unit) ?? [];
  const mark = marks.get(unit);
  if (mark) return mark;
  const word = measures.get(name) ?? counters.get(name) ?? name;
  return `\\text{${!power ? '' : power === '平方' ? 'square ' : 'cubic '}${word}}`;
};
