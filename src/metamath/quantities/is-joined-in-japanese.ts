import { japaneseUnitName } from '../../answers/parse/japanese-units.js';
import { japaneseLetter } from '../../answers/parse/spell-japanese.js';

/** Whether a Japanese letter touches a number on either side. */
export function touchesJapanese(before: string, after: string): boolean {
  return japaneseLetter.test(before.trimEnd().slice(-1)) || japaneseLetter.test(after.trimStart().slice(0, 1));
}

/**
 * Whether a number among Japanese letters is a piece of something larger (`第3問`, `3角形`, `2分の1`, `1万2千`, `3割`, `10時30分`,
 * `2010年`, `3年生`) or says "each" (`1個120円`). Words are not parted by spaces there, so that only a known unit or a particle
 * may follow; no Latin unit, since `xcm` for `15cm` is unreadable.
 */
export function isJoinedInJapanese(original: string, before: string, after: string): boolean {
  if (/(?:第|分の|[十百千万億兆割番年月時]|図|表|問|No\.?|[\p{Script=Latin}\d])\s?$/u.test(before)) return true;
  if (/^\s?(?:分の|割|[十百千万億兆]|時(?!間)|月|日目|年生)/.test(after)) return true;
  if (original === '1' || (/^\d{4}$/.test(original) && /^\s?年/.test(after))) return true;
  return !follower.test(after);
}

const particle = '(?:を|に|と|の|で|は|が|も|から|より|まで|以上|以下|未満|だけ|ずつ|や|へ)';
const follower = new RegExp(
  `^(?:\\s?(?:${japaneseUnitName}|%|％)(?![目生前後次号角世台A-Za-z])|${particle}|[\\s、。，．,.)）」?？]|$)`,
);
