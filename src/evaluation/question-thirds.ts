export type QuestionThird = 'short' | 'medium' | 'long';

/** Without a third where the test set has no three different ones. */
export type QuestionLength = { readonly questionThird?: QuestionThird; readonly questionLength: number };

/**
 * Which third of a test set each question is in by its length, as in figure 7 of MetaMath (section 4.9): three parts as nearly equal as whole
 * lengths allow, since questions of one length are in one third. Lengths are in characters (Unicode code points), where few questions tie.
 * Where there are no three parts, as of a few questions or of equally long ones, no question has a third.
 */
export function questionThirds(
  problems: readonly { readonly id: string; readonly question: string }[],
): ReadonlyMap<string, QuestionLength> {
  const lengths = new Map(problems.map(({ id, question }) => [id, lengthOf(question)]));
  const thirdOf = createThirds(lengths.values());
  return new Map([...lengths].map(([id, length]) => [id, thirdOf(length)]));
}

/** Characters (Unicode code points) of a question. */
export function lengthOf(question: string): number {
  let length = 0;
  for (const _ of question) length += 1;
  return length;
}

/** The third of a question of a test set by its length, where all lengths are known; holds nothing but where the thirds begin. */
export function createThirds(lengths: Iterable<number>): (length: number) => QuestionLength {
  const bounds = findBounds(Uint32Array.from(lengths).sort());
  if (bounds === undefined) return (questionLength) => ({ questionLength });
  const { medium, long } = bounds;
  return (questionLength) => ({
    questionThird: questionLength >= long ? 'long' : questionLength >= medium ? 'medium' : 'short',
    questionLength,
  });
}

/** The shortest lengths of the second third and of the last one; undefined where these are no three parts. */
function findBounds(sorted: Uint32Array): { readonly medium: number; readonly long: number } | undefined {
  const [first, second] = [1, 2].map((third) => nearestCut(sorted, Math.ceil((third * sorted.length) / 3)));
  if (first === undefined || second === undefined || first >= second) return undefined;
  const [medium, long] = [sorted[first], sorted[second]];
  return first === 0 || medium === undefined || long === undefined ? undefined : { medium, long };
}

/** The place nearest to `wanted` where a new length begins, or the end. */
function nearestCut(sorted: Uint32Array, wanted: number): number {
  const length = sorted[wanted];
  if (length === undefined) return sorted.length;
  const begin = sorted.indexOf(length);
  const end = sorted.lastIndexOf(length) + 1;
  return wanted - begin <= end - wanted ? begin : end;
}
