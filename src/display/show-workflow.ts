import { type WorkflowOptions, workflowSteps } from './figures/workflow.js';
import { findScreen, type Screen, showHtml } from './kernel.js';
import { renderText } from './render-text.js';

/**
 * The pipeline as one line of boxes with the current step lit and those before it done: the small sister of the figure
 * `workflow`, for the head of each chapter. A tenth of its size, and it shows where neither scripts nor pictures do.
 *
 * @throws RangeError when `current` is not one of the steps
 */
export function showWorkflow(
  { current, steps = workflowSteps }: WorkflowOptions = {},
  screen: Screen = findScreen(),
): void {
  const at = steps.findIndex(({ name }) => name === current);
  if (current !== undefined && at === -1) {
    const names = steps.map(({ name }) => `"${name}"`).join(', ');
    throw new RangeError(`Cannot light step "${current}": the steps are ${names}`);
  }
  const boxes = steps.map(({ name }, index) => drawBox(name, index === at ? 'current' : index < at ? 'done' : 'ahead'));
  const text = steps.map(({ name }, index) => (index === at ? `[${name}]` : name)).join(' → ');
  const detail = at === -1 ? '' : ` <i>${renderText(steps[at]?.detail ?? '')}</i>`;
  showHtml(`<p>${boxes.join(' → ')}${detail}</p>`, { text }, screen);
}

/** Written out in each box, because notebooks that are not trusted yet lose their style sheets and keep these. */
const looks = {
  current: 'background-color:#2878b5;color:#ffffff;font-weight:bold',
  done: 'background-color:rgba(40,120,181,0.22)',
  ahead: 'background-color:rgba(128,136,148,0.12)',
} as const;

function drawBox(name: string, look: keyof typeof looks): string {
  return `<span style="padding:2px 8px;border-radius:4px;${looks[look]}">${renderText(name)}</span>`;
}
