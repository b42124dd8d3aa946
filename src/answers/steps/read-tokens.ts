import { multiply, type Rational, rational } from '../numbers/rational.js';

/** A piece of a line of work. `break` ends what can belong together; `taint` is something whose value nobody here knows. */
export type StepToken =
  | {
      readonly kind: 'number';
      readonly value: Rational;
      /** Digits behind the point. */
      readonly places: number;
      readonly isPercent: boolean;
      /** `$`, `%`, a scale (`million`) or nothing. */
      readonly unit: string;
      readonly start: number;
      readonly end: number;
    }
  | {
      readonly kind: '+' | '-' | '*' | '/' | '^' | '(' | ')' | 'equals' | 'about' | 'break' | 'taint';
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: 'word'; readonly name: string; readonly start: number; readonly end: number };

const number = /(?:\d{1,3}(?:(?:,|\{,\}|,\\!)\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+/y;
const letters = /[\p{L}’']+(?:-[\p{L}’']+)*/uy;
const command = /\\([A-Za-z]+|.)/sy;
const wordGroup = /\\(?:text(?:bf|it|rm|normal)?|mbox|mathrm|mathbf|operatorname)\s*\{([^{}]*)\}/y;
const fraction = /\\[dtc]?frac\s*\{([^{}]{1,200})\}\s*\{([^{}]{1,200})\}/y;
const shortFraction = /\\[dtc]?frac\s*(\d)\s*(\d)/y;

/** More digits than this are no number of a word problem. */
const mostDigits = 40;

const signs: Readonly<Record<string, StepToken['kind']>> = {
  '+': '+',
  '-': '-',
  '−': '-',
  '*': '*',
  '×': '*',
  '·': '*',
  '⋅': '*',
  '∗': '*',
  '/': '/',
  '÷': '/',
  '^': '^',
  '(': '(',
  '[': '(',
  '{': '(',
  ')': ')',
  ']': ')',
  '}': ')',
  '=': 'equals',
  '≈': 'about',
  '\n': 'break',
  ';': 'break',
  '?': 'break',
  '!': 'break',
  '|': 'break',
  '<': 'break',
  '>': 'break',
  '≤': 'break',
  '≥': 'break',
};
const commands: Readonly<Record<string, StepToken['kind'] | 'nothing'>> = {
  times: '*',
  cdot: '*',
  ast: '*',
  div: '/',
  approx: 'about',
  left: 'nothing',
  right: 'nothing',
  boxed: 'nothing',
  quad: 'nothing',
  displaystyle: 'nothing',
  ',': 'nothing',
  ';': 'nothing',
  ':': 'nothing',
  '!': 'nothing',
  ' ': 'nothing',
  $: 'nothing',
  '(': 'nothing',
  ')': 'nothing',
  '[': 'break',
  ']': 'break',
  '\\': 'break',
};
const scales: Readonly<Record<string, number>> = {
  dozen: 12,
  hundred: 100,
  thousand: 1000,
  million: 1_000_000,
  billion: 1_000_000_000,
};

/** Takes a text of work apart, in linear time. Money, percent signs and scales ("3 million") belong to their numbers. */
export function readTokens(text: string): readonly StepToken[] {
  const tokens: StepToken[] = [];
  let index = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = index;
    return pattern.exec(text);
  };
  const push = (kind: Exclude<StepToken['kind'], 'number' | 'word'>, end: number): void => {
    tokens.push({ kind, start: index, end });
    index = end;
  };

  while (index < text.length) {
    const character = text[index] ?? '';
    const next = text[index + 1] ?? '';
    const last = tokens.at(-1);
    const touchesNumber = last?.kind === 'number' && last.end === index;
    const found = /[\d.]/.test(character) ? match(number) : null;
    if (found !== null) {
      const end = index + found[0].length;
      const digits = found[0].replace(/[^\d.]/g, '');
      // 10:30, 0900, and 0.\overline{3} are no plain numbers
      const isOther = /^(?::\d|\.[\p{L}\\])/u.test(text.slice(end, end + 2)) || /^0\d{2}/.test(digits);
      if (digits.length > mostDigits || isOther || touchesNumber) push('taint', end);
      else pushNumber(digits, end);
    } else if (character === '\\') readCommand();
    else if (character === '%') {
      if (last?.kind === 'number') markPercent(index + 1);
      else index += 1;
    } else if (character === '*' && next === '*') {
      if (touchesNumber && /\d/.test(text[index + 2] ?? '')) push('^', index + 2);
      else index += 2;
    } else if ((character === '²' || character === '³') && last !== undefined && isValueEnd(last)) {
      tokens.push({ kind: '^', start: index, end: index });
      pushNumber(character === '²' ? '2' : '3', index + 1);
    } else if (/[½¼¾]/.test(character)) push('taint', index + 1);
    else if (character === '=' && next === '=') push('equals', index + 2);
    else if (character === '=' && next === '>') push('break', index + 2);
    else if (character === '!' && next === '=') push('taint', index + 2);
    else if (character === '-' && next === '>') push('break', index + 2);
    else if (character === '-' && last?.kind === 'word' && last.end === index) index += 1;
    else if (character === '-' && touchesNumber && /\p{L}/u.test(next)) index += 1;
    else if (character === '(' && /\p{L}/u.test(next) && /\p{L}/u.test(text[index + 2] ?? '')) push('break', index + 1);
    else if (signs[character] !== undefined) push(signs[character] as 'break', index + 1);
    else if (character === '.' || character === ',' || character === ':') {
      if (character === ':' && /\d/.test(next)) push('taint', index + 1);
      else push('break', index + 1);
    } else if (/\p{L}/u.test(character)) readWord();
    else if ('_–—@#°∘√'.includes(character)) push('taint', index + 1);
    else index += 1;
  }
  return tokens;

  function pushNumber(digits: string, end: number): void {
    const [whole = '', decimals = ''] = digits.split('.');
    const value = rational(BigInt(`${whole}${decimals}` || '0'), 10n ** BigInt(decimals.length));
    const unit = /[$€£¥]$/.test(text.slice(Math.max(0, index - 2), index)) ? '$' : '';
    // 8.333… is as far as it is shown
    const shown = end + (/^(?:\.{3}|…)/.exec(text.slice(end, end + 3))?.[0].length ?? 0);
    tokens.push({ kind: 'number', value, places: decimals.length, isPercent: false, unit, start: index, end: shown });
    index = shown;
  }

  function markPercent(end: number): void {
    const last = tokens.pop();
    if (last?.kind === 'number') {
      const value = multiply(last.value, rational(1, 100));
      tokens.push({ ...last, value, places: last.places + 2, isPercent: true, unit: '%', end });
    }
    index = end;
  }

  function readWord(): void {
    const [name = ''] = match(letters) ?? [text[index] ?? ''];
    const end = index + name.length;
    const last = tokens.at(-1);
    const isGlued = last?.kind === 'number' && last.end === index;
    const isTimes = /^[xX]$/.test(name) && /^\s*[$(\\]*\d/.test(text.slice(end, end + 8));
    if (isTimes && last !== undefined && isValueEnd(last)) {
      push('*', end);
      return;
    }
    if (last?.kind === 'number' && /^per ?cent$/i.test(name)) {
      markPercent(end);
      return;
    }
    const scale = scales[name.toLowerCase()];
    if (last?.kind === 'number' && scale !== undefined) {
      tokens.pop();
      tokens.push({ ...last, value: multiply(last.value, rational(scale)), unit: name.toLowerCase(), end });
      index = end;
      return;
    }
    // a letter alone is an unknown, unless it reads "a cup", and so is what hangs on a number or a bracket: 2xy, (3)Bh
    const isWord = name.length > 1 || (/[aAI]/.test(name) && /^ \p{L}/u.test(text.slice(end, end + 2)));
    const hangs = last?.kind === ')' && last.end === index;
    if (!isWord || hangs || (isGlued && (name.length === 1 || /^\p{Lu}/u.test(name)))) {
      push('taint', end);
      return;
    }
    tokens.push({ kind: 'word', name: name.toLowerCase(), start: index, end });
    index = end;
  }

  function readCommand(): void {
    const words = match(wordGroup);
    if (words !== null) {
      const [whole, content = ''] = words;
      const end = index + whole.length;
      const name = content.trim().toLowerCase();
      if (/^per ?cent$/.test(name) && tokens.at(-1)?.kind === 'number') {
        markPercent(end);
        return;
      }
      if (/\d/.test(name)) {
        push('taint', end);
        return;
      }
      if (name !== '') tokens.push({ kind: 'word', name, start: index, end });
      index = end;
      return;
    }
    const parts = match(fraction) ?? match(shortFraction);
    if (parts !== null) {
      const end = index + parts[0].length;
      const place = { start: index, end };
      const inside = (part = ''): readonly StepToken[] => readTokens(part).map((token) => ({ ...token, ...place }));
      const [open, close] = [
        { kind: '(' as const, ...place },
        { kind: ')' as const, ...place },
      ];
      const slash = { kind: '/' as const, ...place };
      const last = tokens.at(-1);
      // 2\frac{1}{2} is two and a half
      if (last?.kind === 'number' && /^\s*$/.test(text.slice(last.end, index)))
        tokens.push({ kind: 'taint', ...place });
      tokens.push(open, open, ...inside(parts[1]), close, slash, open, ...inside(parts[2]), close, close);
      index = end;
      return;
    }
    const [whole = '\\', name = ''] = match(command) ?? [];
    const end = index + whole.length;
    if (name === '%') {
      if (tokens.at(-1)?.kind === 'number') {
        markPercent(end);
        return;
      }
      index = end;
      return;
    }
    const meaning = Object.hasOwn(commands, name) ? commands[name] : 'taint';
    if (meaning === 'nothing') index = end;
    else push(meaning as 'taint', end);
  }
}

/** Whether something with a value ends in this token. */
export function isValueEnd(token: StepToken): boolean {
  return token.kind === 'number' || token.kind === ')';
}
