import type { ReportExample, ReportSection } from './report-section.js';

/** Of a row of `augment`, what a reader wants to see. */
export type GrownRow = {
  readonly technique: string;
  readonly query: string | null;
  readonly response: string | null;
  readonly status: 'kept' | 'wrong' | 'duplicate' | 'failed';
  readonly extracted: string | null;
  readonly gold: string | null;
  readonly rule: string | null;
};

/** Of a pair of `magpie rank`, the same. */
export type ShownPair = {
  readonly instruction: string;
  readonly preferred_response: string;
  readonly rejected_response: string;
  readonly preferred_answer: string | null;
  readonly rejected_answer: string | null;
  /** `lower`: the rejected solution is right as well, and scored lower. */
  readonly rejected_because: 'wrong' | 'lower';
};

const mostPairs = 3;

/** What was made, with its checks: of each technique a row that was kept and one that was wrong, and the first preference pairs. */
export function madeSections({
  grown = [],
  pairs = [],
}: {
  readonly grown?: readonly GrownRow[] | undefined;
  readonly pairs?: readonly ShownPair[] | undefined;
}): ReportSection[] {
  const rows = [...new Set(grown.map(({ technique }) => technique))].flatMap((technique) =>
    (['kept', 'wrong'] as const).flatMap((status) => {
      const row = grown.find((each) => each.technique === technique && each.status === status);
      return row === undefined ? [] : [grownExample(row)];
    }),
  );
  const chosen = pairs.slice(0, mostPairs).flatMap(pairExamples);
  return [
    ...(rows.length > 0 ? [{ title: 'New rows and their checks', blocks: [examples(rows)] }] : []),
    ...(chosen.length > 0 ? [{ title: 'Preference pairs', blocks: [examples(chosen)] }] : []),
  ];
}

const examples = (shown: readonly ReportExample[]) => ({ kind: 'examples', examples: shown }) as const;

function grownExample({ technique, query, response, status, extracted, gold, rule }: GrownRow): ReportExample {
  return {
    question: query ?? '',
    response: response ?? '',
    correct: status === 'kept',
    verdict: status === 'kept' ? 'kept' : 'wrong',
    ...(extracted !== null && { answer: extracted }),
    ...(gold !== null && { gold }),
    ...(rule !== null && { rule }),
    note: technique,
  };
}

function pairExamples(pair: ShownPair): ReportExample[] {
  const { instruction: question, preferred_answer: better, rejected_answer: worse } = pair;
  return [
    {
      ...{ question, response: pair.preferred_response, correct: true, verdict: 'chosen answer' },
      ...(better !== null && { answer: better }),
    },
    {
      ...{ question, response: pair.rejected_response, correct: false, verdict: 'rejected answer' },
      ...(worse !== null && { answer: worse }),
      note: pair.rejected_because === 'lower' ? 'the same answer, scored lower' : 'another answer than the chosen one',
    },
  ];
}
