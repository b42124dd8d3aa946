import { hashWord } from './hash-word.js';

/**
 * Words that decide what a problem asks, by meaning: changing one for one of another line makes another problem, changing it
 * for one of its own line does not.
 */
const relations = [
  'more greater larger bigger longer taller older faster heavier',
  'less fewer smaller shorter younger slower lighter',
  'most maximum largest greatest highest biggest longest',
  'least minimum smallest lowest fewest shortest',
  'left remain remains remaining remainder',
  'total altogether combined',
  'each every per',
  'before ago earlier',
  'after later',
  'increase increases increased gain gains gained add adds added plus',
  'decrease decreases decreased lose loses lost subtract subtracts subtracted minus',
  'give gives gave given',
  'get gets got receive receives received',
  'buy buys bought',
  'sell sells sold',
  'spend spends spent',
  'save saves saved',
  'not no none without never neither',
  'or either',
  'odd',
  'even',
  'positive',
  'negative',
  'sum',
  'difference',
  'product',
  'quotient',
  'ratio',
  'average mean',
  'median',
  'mode',
  'area',
  'perimeter',
  'volume',
  'first',
  'last',
];

const numbers = [
  '0 zero',
  '1 one single',
  '2 two',
  '3 three',
  '4 four',
  '5 five',
  '6 six',
  '7 seven',
  '8 eight',
  '9 nine',
  '10 ten',
  '11 eleven',
  '12 twelve dozen',
  '13 thirteen',
  '14 fourteen',
  '15 fifteen',
  '16 sixteen',
  '17 seventeen',
  '18 eighteen',
  '19 nineteen',
  '20 twenty',
  '30 thirty',
  '40 forty',
  '50 fifty',
  '60 sixty',
  '70 seventy',
  '80 eighty',
  '90 ninety',
  '100 hundred hundreds',
  '1000 thousand thousands',
  '1000000 million millions',
  'half halves',
  'third thirds',
  'quarter quarters fourth fourths',
  'fifth fifths',
  'twice double doubles doubled',
  'thrice triple triples tripled',
  'percent percentage',
];

export const meaningKinds = { none: 0, number: 1, relation: 2 } as const;

const mask = 2047;

/** A flat table, because every word of every row is looked up: the slots of `hash`, -1 where it has no such meaning. */
export function findMeaning(hash: number, { keys, kinds }: MeaningTable = meaningTable()): number {
  for (let slot = hash & mask; kinds[slot] !== 0; slot = (slot + 1) & mask) if (keys[slot] === hash) return slot;
  return -1;
}

export type MeaningTable = {
  readonly keys: Uint32Array;
  readonly kinds: Uint8Array;
  /** The hash of the first word of the line, in place of the word's own. */
  readonly meanings: Uint32Array;
};

let table: MeaningTable | undefined;

export function meaningTable(): MeaningTable {
  table ??= makeTable();
  return table;
}

function makeTable(): MeaningTable {
  const keys = new Uint32Array(mask + 1);
  const kinds = new Uint8Array(mask + 1);
  const meanings = new Uint32Array(mask + 1);
  const add = (line: string, kind: number): void => {
    const words = line.split(' ');
    for (const word of words) {
      const key = hashWord(word);
      let slot = key & mask;
      while (kinds[slot] !== 0) slot = (slot + 1) & mask;
      keys[slot] = key;
      kinds[slot] = kind;
      meanings[slot] = hashWord(words[0] ?? '');
    }
  };
  for (const line of numbers) add(line, meaningKinds.number);
  for (const line of relations) add(line, meaningKinds.relation);
  return { keys, kinds, meanings };
}
