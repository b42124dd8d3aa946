import { divide, multiply, type Rational, rational } from '../numbers/rational.js';

/** A unit as a size in base units and a dimension such as `length^2` or `length^1 time^-1`. */
export type Unit = { readonly factor: Rational; readonly dimension: string };

/**
 * Reads `cm`, `square feet`, `ft^2`, `km/h`, `miles per hour`, `dollars`. Undefined for words that are no known unit
 * (`apples`), which are then compared as text.
 */
export function parseUnit(text: string): Unit | undefined {
  const cached = known.get(text);
  if (cached !== undefined || known.has(text)) return cached;
  const unit = readUnit(text);
  if (known.size > 500) known.clear();
  known.set(text, unit);
  return unit;
}

/** Words like `units` or `in total` that say nothing about size. */
export function isEmptyUnit(text: string): boolean {
  return /^(?:(?:square|cubic|sq\.?)\s*)?units?(?:\^\{?[23]\}?|\s+(?:squared|cubed))?$/i.test(text.trim());
}

export function isUnitWord(word: string): boolean {
  return table.has(word) || word in compounds || (word.length > 3 && table.has(word.toLowerCase()));
}

const known = new Map<string, Unit | undefined>();
const table = new Map<string, readonly [dimension: string, factor: Rational]>();

function define(dimension: string, entries: Readonly<Record<string, Rational>>): void {
  for (const [names, factor] of Object.entries(entries))
    for (const name of names.split(' ')) {
      table.set(name, [dimension, factor]);
      // And its plural.
      if (/^[a-z]{3,}[^s]$/.test(name)) table.set(`${name}s`, [dimension, factor]);
    }
}

const inch = rational(254, 10000);
const times = (count: number, unit: Rational): Rational => multiply(rational(count), unit);
define('length', {
  'm meter metre': rational(1),
  'mm millimeter': rational(1, 1000),
  'cm centimeter centimetre': rational(1, 100),
  'dm decimeter': rational(1, 10),
  'km kilometer kilometre': rational(1000),
  'in inch inches': inch,
  'ft foot feet': times(12, inch),
  'yd yds yard': times(36, inch),
  'mi mile': times(63360, inch),
});
define('mass', {
  'g gm gms gram': rational(1),
  'mg milligram': rational(1, 1000),
  tonne: rational(1_000_000),
  'kg kgs kilogram': rational(1000),
  'lb lbs pound': rational(45359237, 100000),
  'oz ounce': rational(45359237, 1600000),
  'ton tons': rational(90718474, 100),
});
define('time', {
  'ms millisecond': rational(1, 1000),
  's sec secs second': rational(1),
  'min mins minute': rational(60),
  'h hr hrs hour': rational(3600),
  'day days': rational(86400),
  week: rational(604800),
  'year yr yrs': rational(31556952),
  month: rational(31556952, 12),
});
define('dollar', { 'dollar USD usd bucks': rational(1), 'cent ¢': rational(1, 100) });
define('yen', { 'yen JPY': rational(1) });
define('euro', { 'euro EUR': rational(1) });
define('sterling', { 'sterling GBP': rational(1) });
const litre = rational(1, 1000);
const gallon = rational(3785411784n, 10n ** 12n);
define('length^3', {
  'L l liter litre': litre,
  'mL ml milliliter millilitre cc': rational(1, 1_000_000),
  'cL cl centiliter': rational(1, 100_000),
  'dL dl deciliter': rational(1, 10_000),
  'gal gallon': gallon,
  'quart qt': divide(gallon, rational(4)),
  pint: divide(gallon, rational(8)),
  'cup cups': divide(gallon, rational(16)),
});
define('length^2', {
  'hectare ha': rational(10_000),
  acre: multiply(rational(43_560), multiply(times(12, inch), times(12, inch))),
});
define('length^1 mass^1 time^-2', { 'N newton': rational(1000), kN: rational(1_000_000) });
define('length^2 mass^1 time^-2', {
  'J joule': rational(1000),
  'kJ kilojoule': rational(1_000_000),
  MJ: rational(10n ** 9n),
  kWh: rational(3_600_000_000n),
});
define('length^2 mass^1 time^-3', {
  'W watt': rational(1000),
  'kW kilowatt': rational(1_000_000),
  'MW megawatt': rational(10n ** 9n),
});
define('length^-1 mass^1 time^-2', { 'Pa pascal': rational(1000), kPa: rational(1_000_000) });
define('time^-1', {
  'Hz hertz': rational(1),
  'kHz kilohertz': rational(1000),
  'MHz megahertz': rational(1_000_000),
});
define('voltage', { volt: rational(1) });
define('current', { 'ampere amp amps': rational(1) });
define('resistance', { 'ohm ohms': rational(1) });
define('angle', { 'rad radian': rational(1) });
define('celsius', { celsius: rational(1) });
define('fahrenheit', { fahrenheit: rational(1) });

const compounds: Readonly<Record<string, string>> = {
  mph: 'mi/h',
  kph: 'km/h',
  kmh: 'km/h',
  fps: 'ft/s',
  sqft: 'ft^2',
  'sq.': 'square',
  sq: 'square',
  cu: 'cubic',
  'cu.': 'cubic',
};

function readUnit(text: string): Unit | undefined {
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
      if (!(Math.abs(power) <= 9)) return undefined;
      for (const part of entry[0].split(' ')) {
        const [name = '', own = '1'] = part.split('^');
        exponents.set(name, (exponents.get(name) ?? 0) + power * Number(own));
      }
      for (let count = 0; count < Math.abs(power); count++)
        factor = power > 0 ? multiply(factor, entry[1]) : divide(factor, entry[1]);
      while (/^(?:\^|\{|\}|-?\d+|squared|cubed)$/.test(words[index + 1] ?? '')) index++;
      pending = 1;
    }
  }
  const dimension = [...exponents]
    .filter(([, power]) => power !== 0)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return dimension.length === 0
    ? undefined
    : { factor, dimension: dimension.map(([name, power]) => `${name}^${power}`).join(' ') };
}

function expandCompounds(text: string): string {
  return text.replace(/[\p{L}]+\.?/gu, (word) => compounds[word] ?? compounds[word.toLowerCase()] ?? word);
}

/** The power written after a unit: `^2`, `2` (from a superscript), `squared`; otherwise what stood before it. */
function exponentAfter(words: readonly string[], index: number, before: number): number {
  const next = words[index + 1];
  if (next === 'squared') return 2;
  if (next === 'cubed') return 3;
  if (next !== '^') return before;
  const digits = words.slice(index + 2, index + 4).find((word) => /^-?\d$/.test(word));
  return digits === undefined ? Number.NaN : Number(digits);
}
