/**
 * Our messages are written for many ("{} rows kept"); where the number in front is one, this says "1 row kept" and "1 row is". Only the words that we
 * count by are known, and none inside quotation marks is touched: there others speak.
 */
export function agreeInNumber(line: string): string {
  // Most lines count nothing, or not one
  if (!line.includes('1 ')) return line;
  return line.replace(
    countOfOne,
    (
      whole,
      one: string | undefined,
      kind = '',
      plural: string,
      verb = '',
      part: string | undefined,
      ofPart: string,
    ) => {
      // Of one all are told as one
      const told = part?.startsWith('1 of 1 ') ? part.replace(/\w+$/, singular) : part;
      if (told !== undefined) return `${told}${verbOfOne[ofPart] ?? ofPart}`;
      return one === undefined ? whole : `1 ${kind}${singular(plural)}${verbOfOne[verb] ?? verb}`;
    },
  );
}

/** What is counted, in the plural. */
const nouns = [
  'answers arms batches bytes calls candidates cells characters checkpoints columns comparisons completions conversations copies',
  'descriptors dimensions documents draws duplicates embeddings engines entries epochs errors evaluations examples failures files forms golds GPUs groups',
  'hosts hours ids items labels layers lines',
  'masks matches messages minutes models names numbers objects pairs parts places points policies problems processes processors',
  'prompts questions reasons records repetitions requests resamples responses results rephrasings rewards rows runs',
  'samples scores seconds seeds sentences sequences sets shards solutions stages steps temperatures tests texts threads ties times tokens',
  'trainings turns types values variants verdicts votes weights words',
]
  .join(' ')
  .split(' ');
/** Words between the number and what it counts. */
const kinds = [
  'backward bad broken checked different distinct graded held-out kept made more new preference right seed test',
  'training unscored wrong',
]
  .join(' ')
  .split(' ');
/** In front of a number that counts nothing: "level 1 problems", "arm 1 rows". */
const names = 'level|grade|step|stage|seed|part|run|arm|line|row|rank|sample|version|MATH|top';

const verbOfOne: Readonly<Record<string, string>> = {
  ' are': ' is',
  ' were': ' was',
  ' have': ' has',
  ' differ': ' differs',
  ' overlap': ' overlaps',
  ' stay': ' stays',
  ' come': ' comes',
};

const countOfOne = new RegExp(
  [
    String.raw`"(?:[^"\\]|\\.)*"|“[^”]*”`,
    String.raw`(?<![\d.,:/+−-])(?<!\b(?:${names}) )(1) ((?:(?:${kinds.join('|')}) )*)(${nouns.join('|')})\b(?![-/]|\.\w)(${Object.keys(verbOfOne).join('|')}\b)?`,
    // "1 of the rows are longer", "1 of 4 rows differ"
    String.raw`(?<![\d.,:/+−-])(1 of (?:the|these|all|[\d,]+) (?:(?:${kinds.join('|')}) )*(?:${nouns.join('|')}))(${Object.keys(verbOfOne).join('|')})\b`,
  ].join('|'),
  'g',
);

function singular(noun: string): string {
  if (/ies$/.test(noun) && noun !== 'ties') return `${noun.slice(0, -3)}y`;
  return noun.slice(0, /(?:ch|ss)es$/.test(noun) ? -2 : -1);
}
