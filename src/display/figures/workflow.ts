import type { Figure } from './figure.js';
import { counted, plainLabel } from './label.js';
import { colors, themedLayout } from './theme.js';

export type WorkflowStep = { readonly name: string; readonly detail: string };

/** The life of a datum, as the folders of the package have it. */
export const workflowSteps: readonly WorkflowStep[] = [
  { name: 'problems', detail: 'read, written' },
  { name: 'grow', detail: 'new from old' },
  { name: 'answer', detail: 'work it out' },
  { name: 'check', detail: 'grade, vote' },
  { name: 'prefer', detail: 'rank, pair' },
  { name: 'evaluate', detail: 'with interval' },
  { name: 'export', detail: 'SFT, DPO' },
];

export type WorkflowOptions = {
  /** Name of the step to light; none when absent. */
  readonly current?: string;
  /** @default workflowSteps */
  readonly steps?: readonly WorkflowStep[];
};

/**
 * The whole pipeline as boxes from left to right, with the current step lit and those before it done.
 *
 * @throws RangeError when `current` is not one of the steps
 */
export function workflow({ current, steps = workflowSteps }: WorkflowOptions = {}): Figure {
  const at = steps.findIndex((step) => step.name === current);
  if (current !== undefined && at === -1)
    throw new RangeError(
      `Cannot light step "${current}": the steps are ${steps.map((step) => `"${step.name}"`).join(', ')}`,
    );
  const boxes = steps.map((_, index) => boxOf(index, index === at ? 'current' : index < at ? 'done' : 'ahead'));
  const links = steps.slice(1).map((_, index) => ({
    type: 'line' as const,
    x0: index + 0.45,
    x1: index + 0.55,
    y0: 0,
    y1: 0,
    line: { color: colors.line, width: 2 },
  }));
  return {
    data: [{ type: 'scatter', mode: 'markers', x: [], y: [], marker: { color: colors.blue }, hoverinfo: 'skip' }],
    layout: themedLayout({
      title: 'Where we are',
      subtitle:
        current === undefined
          ? counted(steps.length, 'step')
          : `step ${at + 1} of ${steps.length}: ${plainLabel(current)}`,
      height: 150,
      margin: { l: 10, r: 10, t: 58, b: 12 },
      xaxis: { visible: false, range: [-0.5, steps.length - 0.5] },
      yaxis: { visible: false, range: [-1, 1] },
      shapes: [...boxes, ...links],
      annotations: steps.flatMap((step, index) => labelsOf(step, { index, isLit: index === at })),
    }),
  };
}

/** Grounds of the boxes' text. */
export const boxFills = {
  current: colors.blue,
  done: 'rgba(40, 120, 181, 0.22)',
  ahead: 'rgba(128, 136, 148, 0.12)',
} as const;

function boxOf(index: number, state: 'current' | 'done' | 'ahead') {
  const edge = state === 'ahead' ? colors.grid : colors.blue;
  return {
    type: 'rect' as const,
    x0: index - 0.45,
    x1: index + 0.45,
    y0: -0.8,
    y1: 0.8,
    line: { color: edge, width: 1 },
    fillcolor: boxFills[state],
    layer: 'below' as const,
  };
}

function labelsOf(step: WorkflowStep, { index, isLit }: { readonly index: number; readonly isLit: boolean }) {
  const color = isLit ? colors.light : colors.ink;
  const place = { x: index, showarrow: false, xanchor: 'center', yanchor: 'middle' } as const;
  return [
    { ...place, y: 0.26, text: `<b>${plainLabel(step.name)}</b>`, font: { size: 13, color } },
    { ...place, y: -0.32, text: plainLabel(step.detail), font: { size: 10, color } },
  ];
}
