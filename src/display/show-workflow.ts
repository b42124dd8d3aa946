import { say } from '../language/spoken.js';
import { productionSteps } from './figures/production-steps.js';
import { colors } from './figures/theme.js';
import type { WorkflowOptions } from './figures/workflow.js';
import { findScreen, type Screen, showHtml } from './kernel.js';
import { renderText } from './render-text.js';

/**
 * The pipeline (the chapters of a production run, unless `steps` says otherwise) as one line of words with the current step lit: the small
 * sister of the figure `workflow`, for the head of each chapter. A tenth of its size, and it shows where neither scripts nor pictures do.
 * Throws `RangeError` for a step that is none of them.
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
  const html = steps.map(({ name }, index) =>
    index === at ? `<b style="${lit}">${renderText(say(name))}</b>` : renderText(say(name)),
  );
  const text = steps.map(({ name }, index) => (index === at ? `[${say(name)}]` : say(name))).join(' → ');
  const detail = at === -1 ? '' : ` <i>${renderText(say(steps[at]?.detail ?? ''))}</i>`;
  showHtml(`<p>${html.join(' → ')}${detail}</p>`, { text }, screen);
}

/** In the element itself, because notebooks that are not trusted yet lose their style sheets and keep this. */
const lit = `background-color:${colors.blue};color:${colors.light};padding:3px 8px`;
