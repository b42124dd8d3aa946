import { isValueEnd, type StepToken } from './read-tokens.js';

/** One side of an equation: the tokens with a value, and the words behind them. */
export type StepSide = {
  readonly tokens: readonly StepToken[];
  readonly unit: string;
  readonly start: number;
  readonly end: number;
};

/** Two sides with an equals sign between them, as they stand in a text. */
export type StepEquation = {
  readonly left: StepSide;
  readonly right: StepSide;
  readonly isAbout: boolean;
};

/** Longer sides are no step of a solution. */
const mostTokens = 120;

/** Words that compute: what stands behind them is a piece of something larger. */
const computing =
  /^(?:of|times|plus|minus|less|by|twice|thrice|half|double|triple|quarter|third|over|from|than|percent|percentage|squared|cubed|square|root|remainder|divided|multiplied|added|subtracted|sum|difference|product|two|three|four|five|six|seven|eight|nine|ten|not|isn't|instead)$/;
/** Words with which a sentence goes on: what stands in front of them is no unit of what follows. */
const joining =
  /^(?:and|or|but|so|because|since|then|if|when|while|that|which|is|are|was|were|be|has|have|had|he|she|it|we|they|you|thus|therefore|hence|gives?|makes?|made|means?)$/;
/** What cannot be added up without being converted. */
const measure =
  /^(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|inch(?:es)?|foot|feet|yards?|miles?|met(?:er|re)s?|km|cm|mm|kilomet(?:er|re)s?|pounds?|ounces?|lbs?|oz|kg|grams?|kilograms?|tons?|gallons?|quarts?|pints?|cups?|lit(?:er|re)s?|ml|dollars?|cents?)$/;
const about = /^(?:about|approximately|roughly|around|nearly|almost)$/;

/** The equations of a segment: `3 + 4 = 7 apples`, and each link of a chain. What cannot be read whole is left out. */
export function readEquations(segment: readonly StepToken[]): readonly StepEquation[] {
  const sides: StepToken[][] = [[]];
  const signs: ('equals' | 'about')[] = [];
  for (const token of segment) {
    if (token.kind === 'equals' || token.kind === 'about') {
      signs.push(token.kind);
      sides.push([]);
    } else sides.at(-1)?.push(token);
  }
  return signs.flatMap((sign, index) => {
    const left = readTail(sides[index] ?? []);
    const right = readHead(sides[index + 1] ?? []);
    if (left === undefined || right === undefined) return [];
    return [{ left, right: right.side, isAbout: sign === 'about' || right.isAbout }];
  });
}

/** What stands directly in front of an equals sign: prose before the expression is passed over, words behind it are its unit. */
function readTail(given: readonly StepToken[]): StepSide | undefined {
  const { parts } = splitAtProse(given);
  return toSide(parts.at(-1) ?? []);
}

/** What stands directly behind an equals sign: the prose that follows is passed over. */
function readHead(given: readonly StepToken[]): { side: StepSide; isAbout: boolean } | undefined {
  const isAbout = given[0]?.kind === 'word' && about.test(given[0].name);
  const tokens = isAbout ? given.slice(1) : given;
  if (tokens[0]?.kind === 'word') return undefined;
  const { parts } = splitAtProse(tokens);
  const [first = []] = parts;
  const last = first.at(-1);
  // "10 / 3 = 3 and 1/3"
  if (parts.length > 1 && last?.kind === 'word' && last.name === 'and' && first.at(-2)?.kind !== 'word')
    return undefined;
  const side = toSide(first);
  return side && { side, isAbout };
}

/** Parts with words between numbers: "5 apples and 3 + 4" are two. A part that begins behind a computing word is tainted. */
function splitAtProse(tokens: readonly StepToken[]): { parts: readonly (readonly StepToken[])[] } {
  const parts: StepToken[][] = [[]];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as StepToken;
    if (token.kind !== 'word') {
      parts.at(-1)?.push(token);
      continue;
    }
    let end = index;
    while (tokens[end]?.kind === 'word') end += 1;
    const words = tokens.slice(index, end);
    const [before, after] = [tokens[index - 1], tokens[end]];
    const startsValue = after?.kind === 'number' || after?.kind === '(';
    if (startsValue && isShareOf(before, words)) {
      parts.at(-1)?.push({ kind: '*', start: token.start, end: token.end });
    } else if (startsValue) {
      const computes = words.some((word) => word.kind === 'word' && computing.test(word.name));
      const isCut = before !== undefined && !isValueEnd(before) && before.kind !== '(';
      const taint = { kind: 'taint' as const, start: token.start, end: token.end };
      parts.at(-1)?.push(...words);
      parts.push(computes || isCut ? [taint] : []);
    } else if (after !== undefined && words.some((word) => word.kind === 'word' && joining.test(word.name))) {
      parts.at(-1)?.push(...words);
      parts.push([{ kind: 'taint', start: token.start, end: token.end }]);
    } else parts.at(-1)?.push(...words);
    index = end - 1;
  }
  return { parts };
}

/** `20% of 50`, `3/4 of 12`. */
function isShareOf(before: StepToken | undefined, words: readonly StepToken[]): boolean {
  const [word] = words;
  return (
    words.length === 1 && word?.kind === 'word' && word.name === 'of' && before !== undefined && isValueEnd(before)
  );
}

function toSide(given: readonly StepToken[]): StepSide | undefined {
  const tokens: StepToken[] = [];
  let unit = '';
  const measures = new Set<string>();
  for (let index = 0; index < given.length; index++) {
    const token = given[index] as StepToken;
    const last = tokens.at(-1);
    if (token.kind === 'taint' || token.kind === 'break') return undefined;
    if (token.kind !== 'word') {
      // "60 minutes / hour" measures, it divides by nothing
      if (token.kind === '/' && given[index - 1]?.kind === 'word' && given[index + 1]?.kind === 'word') index += 1;
      else if (token.kind === '/' && last !== undefined && given[index + 1]?.kind === 'word') index += 1;
      else tokens.push(token);
    } else if (last === undefined || !isValueEnd(last) || computing.test(token.name)) return undefined;
    else {
      unit = token.name;
      if (measure.test(unit)) measures.add(unit.replace(/e?s$/, ''));
    }
  }
  const adds = tokens.some(({ kind }, index) => index > 0 && (kind === '+' || kind === '-'));
  if (adds && measures.size > 1) return undefined;
  const [first] = given;
  const end = given.at(-1)?.end ?? 0;
  if (first === undefined || tokens.length === 0 || tokens.length > mostTokens) return undefined;
  const mark = tokens.find((token) => token.kind === 'number' && token.unit !== '');
  return { tokens, unit: unit || (mark?.kind === 'number' ? mark.unit : ''), start: first.start, end };
}
