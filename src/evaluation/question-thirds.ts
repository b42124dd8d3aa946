export type QuestionThird = 'short' | 'medium' | 'long';

export type QuestionLength = { readonly questionThird: QuestionThird; readonly questionLength: number };

const names: readonly QuestionThird[] = ['short', 'medium', 'long'];

/**
 * Which third of a test set each question is in by its length, as in figure 7 of MetaMath (section 4.9): three parts of
 * equal size (± 1). Lengths are in characters (Unicode code points), where few questions tie; ties are broken by the id, so
 * that two runs on the same questions have the same thirds.
 */
export function questionThirds(
  problems: readonly { readonly id: string; readonly question: string }[],
): ReadonlyMap<string, QuestionLength> {
  return thirdsOfLengths(problems.map(({ id, question }) => ({ id, questionLength: lengthOf(question) })));
}

/** Characters (Unicode code points) of a question. */
export function lengthOf(question: string): number {
  return [...question].length;
}

/** The same, where the lengths are known already. */
export function thirdsOfLengths(
  lengths: readonly { readonly id: string; readonly questionLength: number }[],
): ReadonlyMap<string, QuestionLength> {
  const measured = [...lengths];
  measured.sort((left, right) => left.questionLength - right.questionLength || (left.id < right.id ? -1 : 1));
  return new Map(
    measured.map(({ id, questionLength }, rank) => [
      id,
      { questionThird: names[Math.floor((3 * rank) / measured.length)] ?? 'long', questionLength },
    ]),
  );
}
