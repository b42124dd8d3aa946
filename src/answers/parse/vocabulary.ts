import type { ConstantName, RelationOperator } from '../numbers/expression.js';

/** What each LaTeX command and plain word of an answer means to the tokenizer. */
export type TokenKind =
  | 'number'
  | 'symbol'
  | 'constant'
  | 'function'
  | 'command'
  | 'operator'
  | 'relation'
  | 'open'
  | 'close'
  | 'separator'
  | 'text'
  | 'currency';

type Meaning = readonly [kind: TokenKind, name: string] | 'ignored' | 'text' | 'accent';

const functionNames =
  'sin cos tan cot sec csc arcsin arccos arctan arccot arcsec arccsc sinh cosh tanh coth sech csch arcsinh arccosh arctanh arsinh arcosh artanh log ln lg exp gcd lcm max min det abs floor ceil sgn Re Im arg'.split(
    ' ',
  );

/** Names that mean the same function; everything downstream sees the right-hand one. */
const aliases: Readonly<Record<string, string>> = {
  arsinh: 'arcsinh',
  arcosh: 'arccosh',
  artanh: 'arctanh',
  asin: 'arcsin',
  acos: 'arccos',
  atan: 'arctan',
  lg: 'log',
  asinh: 'arcsinh',
  acosh: 'arccosh',
  atanh: 'arctanh',
  cosec: 'csc',
  tg: 'tan',
  ctg: 'cot',
  arctg: 'arctan',
  ceiling: 'ceil',
};

const greek =
  'alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell hbar nabla partial Re Im aleph'.split(
    ' ',
  );

const constants: Readonly<Record<string, ConstantName>> = {
  pi: 'pi',
  infty: 'infinity',
  infinity: 'infinity',
  exponentialE: 'e',
  imaginaryI: 'i',
  emptyset: 'emptyset',
  varnothing: 'emptyset',
};

const relations: Readonly<Record<string, RelationOperator>> = {
  ne: '≠',
  neq: '≠',
  le: '≤',
  leq: '≤',
  leqslant: '≤',
  leqq: '≤',
  ge: '≥',
  geq: '≥',
  geqslant: '≥',
  geqq: '≥',
  lt: '<',
  gt: '>',
  approx: '≈',
  simeq: '≈',
  in: '∈',
  notin: '∉',
  subset: '⊂',
  subseteq: '⊂',
  equiv: '≡',
  cong: '≡',
  sim: '≈',
};

const operators: Readonly<Record<string, string>> = {
  cdot: '*',
  times: '*',
  ast: '*',
  div: '/',
  pm: '±',
  mp: '∓',
  circ: '°',
  degree: '°',
  prime: "'",
  mod: 'mod',
  bmod: 'mod',
  pmod: 'pmod',
  permille: '‰',
  choose: 'choose',
  over: 'over',
  cup: '∪',
  cap: '∩',
  setminus: '∖',
  backslash: '∖',
  mid: '|',
  vert: '|',
  lvert: '|',
  rvert: '|',
  Vert: '‖',
  lVert: '‖',
  rVert: '‖',
  colon: ':',
  to: '→',
  rightarrow: '→',
  longrightarrow: '→',
  Rightarrow: '⇒',
  implies: '⇒',
  Longrightarrow: '⇒',
  therefore: '⇒',
  bigcup: '∪',
  bigcap: '∩',
  lor: 'or',
  vee: 'or',
  land: 'and',
  wedge: 'and',
};

const opens: Readonly<Record<string, string>> = {
  lfloor: 'floor',
  lceil: 'ceil',
  langle: '⟨',
  lbrace: 'set',
  lbrack: '[',
  lgroup: '(',
  lparen: '(',
  ulcorner: 'ceil',
  llcorner: 'floor',
};
const closes: Readonly<Record<string, string>> = {
  rfloor: 'floor',
  rceil: 'ceil',
  rangle: '⟩',
  rbrace: 'set',
  rbrack: ']',
  rgroup: ')',
  rparen: ')',
  urcorner: 'ceil',
  lrcorner: 'floor',
};

const meanings = new Map<string, Meaning>();
const mean = (names: string, meaning: Meaning | ((name: string) => Meaning)): void => {
  for (const name of names.split(' ')) meanings.set(name, typeof meaning === 'function' ? meaning(name) : meaning);
};
mean(greek.join(' '), (name) => ['symbol', name]);
mean(functionNames.join(' '), (name) => ['function', aliases[name] ?? name]);
mean(Object.keys(aliases).join(' '), (name) => ['function', aliases[name] ?? name]);
for (const [name, value] of Object.entries(constants)) meanings.set(name, ['constant', value]);
for (const [name, value] of Object.entries(relations)) meanings.set(name, ['relation', value]);
for (const [name, value] of Object.entries(operators)) meanings.set(name, ['operator', value]);
for (const [name, value] of Object.entries(opens)) meanings.set(name, ['open', value]);
for (const [name, value] of Object.entries(closes)) meanings.set(name, ['close', value]);
mean('and or', (name) => ['separator', name]);
mean('frac dfrac tfrac cfrac', ['command', 'frac']);
mean('binom dbinom tbinom', ['command', 'binom']);
mean('sqrt sum prod lim begin end int mathbb variable boxed fbox', (name) => ['command', name]);
mean('ldots dots cdots dotsc dotsb', ['symbol', '…']);
mean('angle triangle measuredangle', ['command', 'figure']);
mean('overline bar vec hat widehat tilde dot ddot underline overrightarrow', 'accent');
mean(
  'text textbf textit textrm textsf texttt textnormal mbox hbox mathrm mathbf mathit mathsf mathcal operatorname emph boldsymbol bm',
  'text',
);
mean(
  'left right middle mleft mright big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr displaystyle textstyle scriptstyle limits nolimits quad qquad mathstrut strut rm bf it cal hline phantom hfill nonumber ensuremath enspace thinspace medspace hskip',
  'ignored',
);

/** What `\name` means; a name that runs into letters (`\quadx`, `\lvertx`) is read up to the longest known prefix. */
export function meaningOfCommand(name: string): { meaning: Meaning; length: number; name: string } | undefined {
  const meaning = meanings.get(name);
  if (meaning !== undefined) return { meaning, length: name.length, name };
  for (let length = Math.min(name.length - 1, 14); length >= 3; length--) {
    const prefix = meanings.get(name.slice(0, length));
    if (prefix !== undefined && gluedPrefixes.has(name.slice(0, length)))
      return { meaning: prefix, length, name: name.slice(0, length) };
  }
  return undefined;
}

const gluedPrefixes = new Set(
  'sin cos tan cot sec csc log quad qquad vert lvert rvert lbrace rbrace lbrack rbrack lgroup rgroup cdot times leq geq neq pm infty displaystyle lfloor rfloor lceil rceil langle rangle ulcorner llcorner'.split(
    ' ',
  ),
);

const plainWords = new Map<string, readonly [TokenKind, string]>([
  ...[...functionNames, ...Object.keys(aliases)]
    .filter((name) => !['Re', 'Im', 'arg', 'det', 'lg', 'tg'].includes(name))
    .map((name) => [name, ['function', aliases[name] ?? name]] as const),
  ...'alpha beta gamma delta theta lambda phi omega sigma'.split(' ').map((name) => [name, ['symbol', name]] as const),
  // Word, kind, name.
  ...'sqrt:command:sqrt cbrt:function:cbrt pi:constant:pi inf:constant:infinity infty:constant:infinity oo:constant:infinity infinity:constant:infinity and:separator:and or:separator:or mod:operator:mod degrees:operator:° degree:operator:° deg:operator:° percent:operator:% pct:operator:% union:operator:∪ times:operator:*'
    .split(' ')
    .map((entry) => {
      const [word = '', kind, name = ''] = entry.split(':');
      return [word, [kind as TokenKind, name]] as const;
    }),
]);

/** What a run of plain letters means as a whole; undefined for a name or a word of prose. */
export function meaningOfWord(word: string): readonly [TokenKind, string] | undefined {
  return plainWords.get(word) ?? (word.length > 3 ? plainWords.get(word.toLowerCase()) : undefined);
}
