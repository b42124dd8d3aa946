import { abs } from '../numbers/math.js';
import { divide, multiply, type Rational, rational } from '../numbers/rational.js';

/** A unit as a size in base units and a dimension such as `length^2` or `length^1 time^-1`. */
export type Unit = { readonly factor: Rational; readonly dimension: string };

/**
 * Reads `cm`, `square feet`, `ft^2`, `km/h`, `miles per hour`, `dollars`. Undefined for words that are no known unit
 * (`apples`), which are then compared as text.
 */
export const parseUnit = (text: string): Unit | undefined => {
  const cached = known.get(text);
  if (cached || known.has(text)) return cached;
  const unit = readUnit(text);
  if (known.size > 500) known.clear();
  known.set(text, unit);
  return unit;
};

/** Words like `units` or `in total` that say nothing about size. */
export const isEmptyUnit = (text: string): boolean =>
  /^((square|cubic|sq\.?)\s*)?units?(\^\{?[23]\}?|\s+(squared|cubed))?$/i.test(text.trim());

export const isUnitWord = (word: string): boolean =>
  table.has(word) || Object.hasOwn(compounds, word) || (word.length > 3 && table.has(word.toLowerCase()));

const known = new Map<string, Unit | undefined>();
const table = new Map<string, readonly [dimension: string, factor: Rational]>();

/** A dimension, then names and their size in its base unit (metre, gram, second, …); a plural in s comes by itself. */
const sizes = `
length: m meter metre 1, mm millimeter 0.001, cm centimeter centimetre 0.01, dm decimeter 0.1, km kilometer kilometre 1000, in inch inches 0.0254, ft foot feet 0.3048, yd yds yard 0.9144, mi mile 1609.344
mass: g gm gms gram 1, mg milligram 0.001, tonne 1000000, kg kgs kilogram 1000, lb lbs pound 453.59237, oz ounce 28.349523125, ton 907184.74
time: ms millisecond 0.001, s sec second 1, min minute 60, h hr hrs hour 3600, day 86400, week 604800, year yr yrs 31556952, month 2629746
dollar: dollar USD usd bucks 1, cent ¢ 0.01
yen: yen JPY 1
euro: euro EUR 1
sterling: sterling GBP 1
length^3: L l liter litre 0.001, mL ml milliliter millilitre cc 0.000001, cL cl centiliter 0.00001, dL dl deciliter 0.0001, gal gallon 0.003785411784, quart qt 0.000946352946, pint 0.000473176473, cup 0.0002365882365
length^2: hectare ha 10000, acre 4046.8564224
length^1 mass^1 time^-2: N newton 1000, kN 1000000
length^2 mass^1 time^-2: J joule 1000, kJ kilojoule 1000000, MJ 1000000000, kWh 3600000000
length^2 mass^1 time^-3: W watt 1000, kW kilowatt 1000000, MW megawatt 1000000000
length^-1 mass^1 time^-2: Pa pascal 1000, kPa 1000000
time^-1: Hz hertz 1, kHz kilohertz 1000, MHz megahertz 1000000
voltage: volt 1
current: ampere amp 1
resistance: ohm 1
angle: rad radian 1
celsius: celsius 1
fahrenheit: fahrenheit 1`;
for (const line of sizes.trim().split('\n')) {
  const [dimension = '', entries = ''] = line.split(': ');
  for (const entry of entries.split(', ')) {
    const names = entry.split(' ');
    const [whole = '', part = ''] = (names.pop() ?? '').split('.');
    const factor = rational(BigInt(whole + part), 10n ** BigInt(part.length));
    for (const name of names) {
      table.set(name, [dimension, factor]);
      if (/^[a-z]{2,}[^s]$/.test(name)) table.set(`${name}s`, [dimension, factor]);
    }
  }
}

const compounds: Readonly<Record<string, string>> = {
  mph: 'mi/h',
  kph: 'km/h',
  kmh: 'km/h',
  fps: 'ft/s',
  sqft: 'ft^2',
  sq: 'square',
  cu: 'cubic',
};

const readUnit = (text: string): Unit | undefined => {
  let factor = rational(1);
  const exponents = new Map<string, number>();
  let sign = 1;
  let pending = 1;
  const words = expandCompounds(text).match(/[\p{L}¢.]+|\/|\^|-?\d+|\S/gu) ?? [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '/' || word === 'per') sign = -1;
    else if (word === 'square') pending = 2;
    else if (word === 'cubic') pending = 3;
    else if ('*·.{}\\'.includes(word)) continue;
    else {
      const entry = table.get(word) ?? table.get(word.toLowerCase()) ?? table.get(word.replace(/\.$/, ''));
      if (!entry) return undefined;
      const power = sign * exponentAfter(words, index, pending);
      if (!(abs(power) <= 9)) return undefined;
      for (const part of entry[0].split(' ')) {
        const [name = '', own = '1'] = part.split('^');
        exponents.set(name, (exponents.get(name) ?? 0) + power * Number(own));
      }
      for (let count = 0; count < abs(power); count++)
        factor = power > 0 ? multiply(factor, entry[1]) : divide(factor, entry[1]);
      while (/^(\^|\{|\}|-?\d+|squared|cubed)$/.test(words[index + 1] ?? '')) index++;
      pending = 1;
    }
  }
  const dimension = [...exponents]
    .filter(([, power]) => power !== 0)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return dimension.length === 0
    ? undefined
    : { factor, dimension: dimension.map(([name, power]) => `${name}^${power}`).join(' ') };
};

const expandCompounds = (text: string): string =>
  text.replace(/\p{L}+\.?/gu, (word) => compounds[word.toLowerCase().replace('.', '')] ?? word);

/** The power written after a unit: `^2`, `2` (from a superscript), `squared`; otherwise what stood before it. */
const exponentAfter = (words: readonly string[], index: number, before: number): number => {
  const next = words[index + 1];
  if (next === 'squared') return 2;
  if (next === 'cubed') return 3;
  if (next !== '^') return before;
  const digits = words.slice(index + 2, index + 4).find((word) => /^-?\d$/.test(word));
  return digits ? Number(digits) : Number.NaN;
};
