import { findModelConfig } from './model-configs.js';
import { findModelThinking, thinksWhenAsked } from './model-thinking.js';
import { recordedTemplate } from './recorded-templates.js';

/**
 * Whether a model string, as far as its name tells, thinks before it answers: what a run costs depends on it many times over. A model of
 * the table does unless its template leaves thinking off, or the string turns it off. Of closed models nobody tells how long they think.
 */
export function thinksByItself(model: string): boolean {
  const wanted = /[?&]thinking=(on|off)\b/.exec(model)?.[1];
  if (wanted === 'off' || /[?&]effort=none\b/.test(model)) return false;
  if (/deepseek-r1|\bqwq\b|\bthinking\b(?!=)/i.test(model)) return true;
  const config = findModelConfig(model);
  const template = config === undefined ? undefined : recordedTemplate(config);
  if (template === undefined || findModelThinking(template) === undefined) return false;
  return wanted === 'on' || thinksWhenAsked(template);
}
