/**
 * The words of a problem that point at something which is not there: a formula that was cut off, or a figure. Undefined where
 * nothing is missing. A text that ends in a colon is told apart before.
 */
export function findMissingGivens(instruction: string): string | undefined {
  const text = instruction.trim();
  const cut =
    (/[.?!。．？！"'”’)\]}$`]$/.test(text) ? undefined : unfinished.exec(text)) ?? unfinishedJapanese.exec(text);
  if (cut) return cut[0].trim();
  const figure = figureWords.exec(text);
  if (figure !== null && !drawn.test(text)) return figure[0].trim();
  const table = followingTable.exec(text);
  if (table !== null && !drawn.test(text)) {
    // Years and the numbers of questions are no data
    const behind = text.slice(table.index).replace(/\b(?:19|20)\d\d\b|^\s*\d+\./gm, '');
    if (!/[\d$\\=]/.test(behind)) return table[0];
  }
  const bare = undescribed.exec(text)?.[1];
  if (bare !== undefined) return bare;
  const choice = choices.exec(text);
  if (choice !== null && !listed.test(text.slice(choice.index + choice[0].length))) return choice[0].trim();
  const pointer = announced.exec(text);
  // What is announced stands behind it: at least a digit, a formula or a list.
  const pointerJapanese = announcedJapanese.exec(text);
  if (
    pointerJapanese !== null &&
    !/[\d０-９$\\=＝:：]/.test(text.slice(pointerJapanese.index + pointerJapanese[0].length))
  )
    return pointerJapanese[0];
  if (pointer !== null && !/[\d$\\=:：]/.test(text.slice(pointer.index + pointer[0].length))) return pointer[0].trim();
  return undefined;
}

const unfinished =
  /\b(?:such that|so that|where|satisf(?:y|ies|ying)|given by|defined (?:by|as)|equals?|the (?:following )?(?:equations?|inequalit(?:y|ies)|congruences?|systems?|expressions?|identit(?:y|ies)|relations?|conditions?|functions?|sequence)|we have|is|are|of|and|or|that|the|by|for|with|if|then|to|in|an?)$/i;
const unfinishedJapanese = /(?:次の|以下の)(?:式|方程式|不等式|問題|図|表)?$/;
const figureWords =
  /\b(?:(?:in|on|from) the (?:figure|diagram|picture|image|chart)(?! of (?:\$|\\|[a-z] ?=))|(?:figure|diagram|graph|picture|image|table|chart) (?:below|above|shown)|(?:as )?shown (?:below|above)|shown in (?:the )?(?:figure|diagram|graph|picture|image)|(?:in|from) (?:figure|diagram|picture|image) \d+|(?:mentioned|described|given|listed|stated) in the (?:passage|article|text|reading))\b|(?:右の|下の|上の|次の|左の)(?:図|グラフ|表)|図(?:のよう|に示|[0-9０-９])/i;
/** A figure as text: a table of Markdown or LaTeX, a drawing in Asymptote or TikZ. */
const drawn = /\[asy\]|\\begin\{(?:tabular|array|tikzpicture|matrix)|^\s*\|.*\||^[^|\n]+\|[^|\n]+\n[^|\n]+\|/m;
/** Nothing but a question about an object that no word describes; what all of its kind have in common needs no description. */
const undescribed =
  /^(?:please )?(?:find|determine|calculate|compute|evaluate|simplify|solve|what(?:'s|’s| is| are| was))\b(?![^.?!\n]*(?:[\d$\\=^]|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|twice|angles|sides|edges|faces|vertices|corners|diagonals|symmetr\w+|formula)\b))(?:[^.?!\n]*\bof)?( the (?:(?:right|given|shaded|entire|whole|missing|isosceles|original|larger|smaller) )?(?:triangle|rectangle|square|circle|semicircle|sector|trapezoid|trapezium|parallelogram|rhombus|quadrilateral|polygon|cube|cuboid|box|sphere|cone|cylinder|pyramid|prism|solid|shape|figure|region|line|curve|equations?|inequality|polynomial|expression|function|sequence|series|matrix|integral|fraction|numbers|integers|data|data set))[.?!]*$/i;
const followingTable = /\bthe following (?:figure|diagram|graph|picture|image|table|chart)\b/i;
const choices = /\bwhich (?:one )?of the following\b/i;
/** What there is to choose from: lettered or numbered, in lines, or in a row. */
const listed = /\([A-Ea-e1-5IVX]{1,3}\)|\b[A-E][.):]\s|[:：]|\n|,[^,]+,|\bor\b/;
const announced =
  /\b(?:the following|these|below)\s+(?:equations?|inequalit(?:y|ies)|expressions?|problems?|questions?|numbers?|statements?|systems?|data|values?)\b/i;
const announcedJapanese =
  /(?:次の|以下の)(?:[一二連立分数次元微分積分]{0,4}方程式|不等式|式|関数|数列|数|データ|値|行列|問題|計算)/;
