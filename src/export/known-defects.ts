export type Origin = 'magpie' | 'augment' | 'assembly' | 'unknown';

/** What the checks do not find, so that nobody takes the rows for more than they are. English messages of the catalogue. */
export function knownDefects({
  origin,
  shape,
  isDecontaminated,
  unchecked,
  hasCheckedSteps,
}: {
  origin: Origin;
  shape: string;
  isDecontaminated: boolean;
  /** Rows whose answer nothing was compared with. */
  unchecked: number;
  /** Whether rows with a broken line of work were left out. */
  hasCheckedSteps: boolean;
}): readonly string[] {
  const defects: string[] = [];
  if (origin === 'magpie') {
    defects.push(
      'Nobody knows the right answers: a response counts as checked when most candidates of the same model agree with it, and a model can be wrong the same way every time.',
      'The filters read the words of a problem, not its truth: a problem may contradict itself or have no solution.',
    );
  }
  if (origin === 'augment' || origin === 'assembly') {
    defects.push(
      hasCheckedSteps
        ? 'The final answer is checked, and the arithmetic of each line that could be read; a right calculation may still be the wrong one.'
        : 'The final answer is checked, not the way to it: a wrong step that leads to the right answer stays.',
      'A rephrased problem is kept when an answer to it equals the original one; that it means the same is not proved.',
    );
  }
  if (shape === 'preference')
    defects.push('A preferred response is the better one of the two by answer and score; that it is good is not said.');
  if (unchecked > 0)
    defects.push('Some rows have an answer that was compared with nothing; the table of checks counts them.');
  if (!isDecontaminated) defects.push('Overlap with test sets was not checked.');
  return defects;
}
