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

/** Names that mean the same function; everything downstream sees the right-hand one. */
const aliases = readPairs(
  'arsinh:arcsinh arcosh:arccosh artanh:arctanh asin:arcsin acos:arccos atan:arctan lg:log asinh:arcsinh acosh:arccosh atanh:arctanh cosec:csc tg:tan ctg:cot arctg:arctan ceiling:ceil',
);
const functionNames = [
  ...'sin cos tan cot sec csc arcsin arccos arctan arccot arcsec arccsc sinh cosh tanh coth sech csch arcsinh arccosh arctanh log ln exp gcd lcm max min det abs floor ceil sgn Re Im arg'.split(
    ' ',
  ),
  ...aliases.keys(),
];

/** Commands by what they are: `name` stands for itself, `name:value` for the value. */
const commands: readonly (readonly [kind: TokenKind, names: string])[] = [
  [
    'symbol',
    'alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell hbar nabla partial aleph ldots:… dots:… cdots:… dotsc:… dotsb:…',
  ],
  ['constant', 'pi infty:infinity infinity exponentialE:e imaginaryI:i emptyset varnothing:emptyset'],
  [
    'relation',
    'ne:≠ neq:≠ le:≤ leq:≤ leqslant:≤ leqq:≤ ge:≥ geq:≥ geqslant:≥ geqq:≥ lt:< gt:> approx:≈ simeq:≈ in:∈ notin:∉ subset:⊂ subseteq:⊂ equiv:≡ cong:≡ sim:≈',
  ],
  [
    'operator',
    "cdot:* times:* ast:* div:/ pm:± mp:∓ circ:° degree:° prime:' mod bmod:mod pmod permille:‰ choose over cup:∪ cap:∩ setminus:∖ backslash:∖ mid:| vert:| lvert:| rvert:| Vert:‖ lVert:‖ rVert:‖ colon:: to:→ rightarrow:→ longrightarrow:→ Rightarrow:⇒ implies:⇒ Longrightarrow:⇒ therefore:⇒ bigcup:∪ bigcap:∩ lor:or vee:or land:and wedge:and",
  ],
  ['open', 'lfloor:floor lceil:ceil langle:⟨ lbrace:set lbrack:[ lgroup:( lparen:( ulcorner:ceil llcorner:floor'],
  ['close', 'rfloor:floor rceil:ceil rangle:⟩ rbrace:set rbrack:] rgroup:) rparen:) urcorner:ceil lrcorner:floor'],
  ['separator', 'and or'],
  [
    'command',
    'frac dfrac:frac tfrac:frac cfrac:frac binom dbinom:binom tbinom:binom sqrt sum prod lim begin end int mathbb variable boxed fbox angle:figure triangle:figure measuredangle:figure',
  ],
];
/** Commands that are noise, marks over a letter, or wrappers of words. */
const wrappers = {
  accent: 'overline bar vec hat widehat tilde dot ddot underline overrightarrow',
  text: 'text textbf textit textrm textsf texttt textnormal mbox hbox mathrm mathbf mathit mathsf mathcal operatorname emph boldsymbol bm',
  ignored:
    'left right middle mleft mright big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr displaystyle textstyle scriptstyle limits nolimits quad qquad mathstrut strut rm bf it cal hline phantom hfill nonumber ensuremath enspace thinspace medspace hskip',
} as const;

/** `a:b c` is a → b, c → c. */
function readPairs(list: string): Map<string, string> {
  return new Map(
    list.split(' ').map((entry) => {
      const at = entry.indexOf(':');
      return at < 0 ? [entry, entry] : [entry.slice(0, at), entry.slice(at + 1)];
    }),
  );
}

const meanings = new Map<string, Meaning>();
const mean = (meaning: Meaning, names: string): void => {
  for (const name of names.split(' ')) meanings.set(name, meaning);
};
for (const name of functionNames) meanings.set(name, ['function', aliases.get(name) ?? name]);
for (const [kind, names] of commands) for (const [name, value] of readPairs(names)) meanings.set(name, [kind, value]);
mean('accent', wrappers.accent);
mean('text', wrappers.text);
mean('ignored', wrappers.ignored);

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
  ...functionNames
    .filter((name) => !['Re', 'Im', 'arg', 'det', 'lg', 'tg'].includes(name))
    .map((name) => [name, ['function', aliases.get(name) ?? name]] as const),
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
