import { join } from 'node:path';
import { ablationLadder, type LadderArm } from '../display/figures/ablation-ladder.js';
import type { ReportSection } from '../display/report/report-section.js';
import { writeReport } from '../display/report.js';
import { figureToSvg } from '../display/svg/figure-to-svg.js';
import { formatPoints } from '../evaluation/format-accuracy.js';
import { formatColumns } from '../steps/format-columns.js';
import { writeAtomic } from '../storage/write-atomic.js';
import type { ArmDifference } from './compare-arms.js';
import type { AblationSummary } from './summarize-ablation.js';

/** Writes `ladder.svg` and `report.html` into the run directory; returns their paths. */
export async function writeAblationReport(summary: AblationSummary, directory: string): Promise<string[]> {
  const svg = join(directory, 'ladder.svg');
  await writeAtomic(svg, figureToSvg(forwardLadder(summary)));
  const page = join(directory, 'report.html');
  const { name, seeds, grader, questions } = summary;
  await writeReport({
    path: page,
    title: `Ablation ${name}`,
    lead: `${questions.forward} held-out problems and ${questions.backward} backward questions, seeds: ${seeds}, grader: ${grader}`,
    sections: sectionsOf(summary),
  });
  return [svg, page];
}

/** The arms as lines of a table for a terminal. */
export function formatAblation({ arms }: AblationSummary): string[] {
  const head = [
    'arm',
    'rows',
    'different',
    'wrong',
    'right',
    '95 % interval',
    'against',
    'points',
    '95 % of the pair',
    'backward',
    'points',
  ];
  const lines = arms.map(({ arm, set, accuracy, interval, against, difference, differenceInterval, backward }) => [
    arm,
    set === null ? '-' : String(Math.round(set.rows)),
    set === null ? '-' : String(Math.round(set.distinct)),
    set === null ? '-' : `${(100 * set.wrong).toFixed(0)} %`,
    `${(100 * accuracy).toFixed(1)} %`,
    interval.map((share) => (100 * share).toFixed(1)).join(' to '),
    against ?? '-',
    difference === null ? '-' : formatPoints(difference),
    differenceInterval === null ? '-' : differenceInterval.map(formatPoints).join(' to '),
    backward === null ? '-' : `${(100 * backward.accuracy).toFixed(1)} %`,
    backward?.against ? formatPoints(backward.against.difference) : '-',
  ]);
  return formatColumns([head, ...lines]);
}

function sectionsOf(summary: AblationSummary): ReportSection[] {
  const { arms, sentences, seeds, grader } = summary;
  const backward = arms.flatMap(({ arm, backward }): LadderArm[] => (backward === null ? [] : [{ arm, ...backward }]));
  const pair = (found: ArmDifference | null): string =>
    found === null ? '' : `${formatPoints(found.difference)} (${found.interval.map(formatPoints).join(' to ')})`;
  const levels = arms.map(({ arm, byLevel }) => ({
    arm,
    ...Object.fromEntries(
      byLevel.map(({ level, accuracy, against }) => [
        `level${level}`,
        `${(100 * accuracy).toFixed(1)} % ${pair(against)}`,
      ]),
    ),
  }));
  const columns = (arms[0]?.byLevel ?? []).map(({ level }, place) => ({
    field: `level${level}`,
    label: `level ${level} (n = ${Math.max(...arms.map(({ byLevel }) => byLevel[place]?.n ?? 0))})`,
  }));
  return [
    {
      title: 'What each arm adds',
      blocks: [
        { kind: 'figure', figure: forwardLadder(summary) },
        ...(backward.length === 0
          ? []
          : [
              {
                kind: 'figure' as const,
                figure: ablationLadder(backward, { title: 'Accuracy on backward questions', seeds, grader }),
              },
            ]),
        ...sentences.map((text) => ({ kind: 'text' as const, text: `${text}.` })),
      ],
    },
    {
      title: 'By level',
      blocks: [
        {
          kind: 'table',
          table: {
            columns: [{ field: 'arm', label: 'arm' }, ...columns],
            rows: levels,
            caption:
              'Accuracy, and the difference in points from the arm that it is compared with, with its 95 % interval',
          },
        },
      ],
    },
    {
      title: 'What they learnt from',
      blocks: [
        {
          kind: 'table',
          table: {
            columns: [
              { field: 'arm', label: 'arm' },
              { field: 'rows', label: 'rows' },
              { field: 'distinct', label: 'different rows' },
              { field: 'tokens', label: 'tokens' },
              { field: 'wrong', label: 'wrong answers', format: 'percent' },
            ],
            rows: arms.flatMap(({ arm, set }) => (set === null ? [] : [{ arm, ...set }])),
          },
        },
      ],
    },
  ];
}

const forwardLadder = ({ arms, seeds, grader }: AblationSummary) =>
  ablationLadder(arms, { title: 'Accuracy on held-out problems', seeds, grader });
