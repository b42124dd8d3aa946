import { productionSteps } from './figures/production-steps.js';
import type { WorkflowOptions } from './figures/workflow.js';
import { findScreen, type Screen, showHtml } from './kernel.js';
import { renderText } from './render-text.js';

/**
 * The pipeline (the chapters of a production run, unless `steps` says otherwise) as one line of words with the current step
 * lit and those before it done: the small sister of the figure `workflow`, for the head of each chapter. A tenth of its
 * size, and it shows where neither scripts nor pictures do.
 *
 * @throws RangeError when `current` is not one of the steps
 */
export function showWorkflow(
  { current, steps = productionSteps }: WorkflowOptions = {},
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
  current: ' style="background-color:#2878b5;color:#ffffff;padding:3px 8px"',
  done: ' style="background-color:rgba(40,120,181,0.2);padding:3px 5px"',
  ahead: '',
} as const;

function drawBox(name: string, look: keyof typeof looks): string {
  const tag = look === 'current' ? 'b' : 'span';
  return look === 'ahead' ? renderText(name) : `<${tag}${looks[look]}>${renderText(name)}</${tag}>`;
}
