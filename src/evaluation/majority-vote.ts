/** The answer of one sample; undefined when none could be read. */
export type Vote = { readonly sample: number; readonly answer: string | undefined };

export type MajorityVote = {
  /** Most frequent spelling of the winning class; undefined when nobody voted. */
  readonly answer: string | undefined;
  /** Sample numbers of the winning class, ascending. */
  readonly samples: readonly number[];
  /** Samples that had an answer. */
  readonly voteCount: number;
  /** Winning votes over all samples, those without an answer included: 0 to 1. */
  readonly agreement: number;
  /** Another class had as many votes; the one with the lowest sample number won. */
  readonly isTied: boolean;
  /** Number of different answers. */
  readonly classCount: number;
};

/**
 * Majority vote over the classes of equivalent answers (self-consistency: Wang et al., 2023, arXiv:2203.11171). Two
 * answers share a class when `isSame` holds in either direction or through a chain of such pairs, so the classes do not
 * depend on the order of the votes, although graders are not symmetric.
 */
export function majorityVote(
  votes: readonly Vote[],
  { isSame }: { readonly isSame: (left: string, right: string) => boolean },
): MajorityVote {
  const ordered = [...votes].sort((left, right) => left.sample - right.sample);
  const classes = answerClasses(ordered, isSame).sort(
    (left, right) => right.length - left.length || (left[0]?.sample ?? 0) - (right[0]?.sample ?? 0),
  );
  const winner = classes[0] ?? [];
  return {
    answer: commonestSpelling(winner),
    samples: winner.map((vote) => vote.sample),
    voteCount: classes.reduce((sum, each) => sum + each.length, 0),
    agreement: votes.length === 0 ? 0 : winner.length / votes.length,
    isTied: classes.length > 1 && classes[1]?.length === winner.length,
    classCount: classes.length,
  };
}

export type AnsweredVote = { readonly sample: number; readonly answer: string };

/** Votes with an answer, by classes of equivalent answers, in the order of their first votes. */
export function answerClasses(
  votes: readonly Vote[],
  isSame: (left: string, right: string) => boolean,
): AnsweredVote[][] {
  const answered = votes.filter((vote): vote is AnsweredVote => vote.answer !== undefined);
  const spellings = [...new Set(answered.map((vote) => vote.answer))];
  const parent = new Map(spellings.map((spelling) => [spelling, spelling]));
  const root = (spelling: string): string => {
    let current = spelling;
    while (parent.get(current) !== current) current = parent.get(current) ?? current;
    return current;
  };
  spellings.forEach((left, index) => {
    for (const right of spellings.slice(index + 1))
      if (root(left) !== root(right) && (isSame(left, right) || isSame(right, left)))
        parent.set(root(right), root(left));
  });
  const classes = new Map<string, AnsweredVote[]>();
  for (const vote of answered) {
    const members = classes.get(root(vote.answer));
    if (members) members.push(vote);
    else classes.set(root(vote.answer), [vote]);
  }
  return [...classes.values()];
}

export function commonestSpelling(votes: readonly AnsweredVote[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { answer } of votes) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  // Equally common: the shorter, then the first by code unit, so that no order of votes matters
  return [...counts].sort(
    ([left, leftCount], [right, rightCount]) =>
      rightCount - leftCount || left.length - right.length || (left < right ? -1 : 1),
  )[0]?.[0];
}
