export type QuestionThird = 'short' | 'medium' | 'long';

export type QuestionLength = { readonly questionThird: QuestionThird; readonly questionLength: number };

/**
 * Which third of a test set each question is in by its length, as in figure 7 of MetaMath (section 4.9): three parts of
 * equal size (± 1). Lengths are in characters (Unicode code points), where few questions tie; ties are broken by the id, so
 * that two runs on the same questions have the same thirds.
 */
export function questionThirds(
  problems: readonly { readonly id: string; readonly question: string }[],
): ReadonlyMap<string, QuestionLength> {
  const lengths = new Map(problems.map(({ id, question }) => [id, lengthOf(question)]));
  const thirdOf = createThirds(lengths);
  return new Map([...lengths].map(([id, length]) => [id, thirdOf(id, length)]));
}

/** Characters (Unicode code points) of a question. */
export function lengthOf(question: string): number {
  let length = 0;
  for (const _ of question) length += 1;
  return length;
}

/** The third of each question of a test set by its id and its length, where all lengths are known; holds nothing but where the thirds begin. */
export function createThirds(lengths: ReadonlyMap<string, number>): (id: string, length: number) => QuestionLength {
  const [medium, long] = findBounds(lengths);
  return (id, questionLength) => {
    const own = { id, length: questionLength };
    const isBeyond = (bound: Measured | undefined): boolean => bound !== undefined && !isBefore(own, bound);
    return { questionThird: isBeyond(long) ? 'long' : isBeyond(medium) ? 'medium' : 'short', questionLength };
  };
}

/** The first question of the second third and of the last one, where these have any. */
function findBounds(lengths: ReadonlyMap<string, number>): readonly [Measured | undefined, Measured | undefined] {
  const ids = [...lengths.keys()];
  const known = Uint32Array.from(lengths.values());
  const at = (place: number): Measured => ({ id: ids[place] ?? '', length: known[place] ?? 0 });
  // Places are sorted, not objects: of a hundred thousand questions these would be most of the memory
  const places = Uint32Array.from(ids.keys()).sort((left, right) => (isBefore(at(left), at(right)) ? -1 : 1));
  const first = (third: number): Measured | undefined => {
    const place = places[Math.ceil((third * ids.length) / 3)];
    return place === undefined ? undefined : at(place);
  };
  return [first(1), first(2)];
}

type Measured = { readonly id: string; readonly length: number };

const isBefore = (left: Measured, right: Measured): boolean =>
  left.length < right.length || (left.length === right.length && left.id < right.id);
