import { min } from '../numbers/math.js';
import { readPairs } from './read-pairs.js';

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

/** Functions that words name too; of several names of one function everything downstream sees the one behind the colon. */
const functions =
  'sin cos tan cot,ctg:cot sec csc,cosec:csc arcsin,asin:arcsin arccos,acos:arccos arctan,atan,arctg:arctan arccot arcsec arccsc sinh cosh tanh coth sech csch arcsinh,arsinh,asinh:arcsinh arccosh,arcosh,acosh:arccosh arctanh,artanh,atanh:arctanh log ln exp gcd lcm max min abs floor ceil,ceiling:ceil sgn';

/** Commands by what they are: `name` stands for itself, `name:value` for the value. */
const commands: readonly Row[] = [
  ['function', functions],
  ['function', 'det Re Im arg lg:log tg:tan'],
  [
    'symbol',
    'alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell hbar nabla partial aleph ldots,dots,cdots,dotsc,dotsb:…',
  ],
  ['constant', 'pi infty:infinity infinity exponentialE:e imaginaryI:i emptyset varnothing:emptyset'],
  [
    'relation',
    'ne,neq:≠ le,leq,leqslant,leqq:≤ ge,geq,geqslant,geqq:≥ lt:< gt:> approx,simeq,sim:≈ in:∈ notin:∉ subset,subseteq:⊂ equiv,cong:≡',
  ],
  [
    'operator',
    "cdot,times,ast:* div:/ pm:± mp:∓ circ,degree:° prime:' mod,bmod:mod pmod permille:‰ choose over cup,bigcup:∪ cap,bigcap:∩ setminus,backslash:∖ mid,vert,lvert,rvert:| Vert,lVert,rVert:‖ colon:: to,rightarrow,longrightarrow:→ Rightarrow,implies,Longrightarrow,therefore:⇒ lor,vee:or land,wedge:and",
  ],
  ['open', 'lfloor,llcorner:floor lceil,ulcorner:ceil langle:⟨ lbrace:set lbrack:[ lgroup,lparen:('],
  ['close', 'rfloor,lrcorner:floor rceil,urcorner:ceil rangle:⟩ rbrace:set rbrack:] rgroup,rparen:)'],
  ['separator', 'and or'],
  [
    'command',
    'frac,dfrac,tfrac,cfrac:frac binom,dbinom,tbinom:binom sqrt sum prod lim begin end int mathbb variable boxed fbox angle,triangle,measuredangle:figure',
  ],
];
/** Commands that are noise, marks over a letter, or wrappers of words. */
const wrappers: readonly (readonly ['accent' | 'text' | 'ignored', string])[] = [
  ['accent', 'overline bar vec hat widehat tilde dot ddot underline overrightarrow'],
  [
    'text',
    'text textbf textit textrm textsf texttt textnormal mbox hbox mathrm mathbf mathit mathsf mathcal operatorname emph boldsymbol bm',
  ],
  [
    'ignored',
    'left right middle mleft mright big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr displaystyle textstyle scriptstyle limits nolimits quad qquad mathstrut strut rm bf it cal hline phantom hfill nonumber ensuremath enspace thinspace medspace hskip',
  ],
];

type Row = readonly [kind: TokenKind, names: string];

const readTable = <Value>(rows: readonly Row[]): Map<string, readonly [TokenKind, string] | Value> =>
  new Map(rows.flatMap(([kind, names]) => [...readPairs(names)].map(([name, value]) => [name, [kind, value]])));

const meanings = readTable<Meaning>(commands);
for (const [meaning, names] of wrappers) for (const name of names.split(' ')) meanings.set(name, meaning);

/** What `\name` means; a name that runs into letters (`\quadx`, `\lvertx`) is read up to the longest known prefix. */
export const meaningOfCommand = (written: string): { meaning: Meaning; name: string } | undefined => {
  const whole = meanings.get(written);
  if (whole) return { meaning: whole, name: written };
  for (let length = min(written.length - 1, 14); length >= 3; length--) {
    const name = written.slice(0, length);
    const meaning = gluedPrefixes.has(name) ? meanings.get(name) : undefined;
    if (meaning) return { meaning, name };
  }
  return undefined;
};

const gluedPrefixes = new Set(
  'sin cos tan cot sec csc log quad qquad vert lvert rvert lbrace rbrace lbrack rbrack lgroup rgroup cdot times leq geq neq pm infty displaystyle lfloor rfloor lceil rceil langle rangle ulcorner llcorner'.split(
    ' ',
  ),
);

/** Plain words that mean something; many commands of their names mean something else. */
const plainMeanings: readonly Row[] = [
  ['function', functions],
  ['symbol', 'alpha beta gamma delta theta lambda phi omega sigma'],
  ['command', 'sqrt'],
  ['function', 'cbrt'],
  ['constant', 'pi inf,infty,oo:infinity infinity'],
  ['separator', 'and or'],
  ['operator', 'mod degrees,degree,deg:° percent,pct:% union:∪ times:*'],
];
const plainWords = readTable<never>(plainMeanings);

/** What a run of plain letters means as a whole; undefined for a name or a word of prose. */
export const meaningOfWord = (word: string): readonly [TokenKind, string] | undefined =>
  plainWords.get(word) ?? (word.length > 3 ? plainWords.get(word.toLowerCase()) : undefined);
