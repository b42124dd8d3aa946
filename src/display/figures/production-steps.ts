import type { WorkflowStep } from './workflow.js';

/** The chapters of a production run from settings to claims, for `workflow` and `showWorkflow`. */
export const productionSteps: readonly WorkflowStep[] = [
  { name: 'settings', detail: 'model, sizes' },
  { name: 'helpers', detail: 'the words' },
  { name: 'generate', detail: 'from nothing' },
  { name: 'solve', detail: 'work it out' },
  { name: 'filter', detail: 'length, form' },
  { name: 'prefer', detail: 'vote, judge' },
  { name: 'grow', detail: 'from problems' },
  { name: 'evaluate', detail: 'on unseen ones' },
  { name: 'report', detail: 'charts, files' },
  { name: 'train', detail: 'before, after' },
  { name: 'claims', detail: 'all asserted' },
];
