import type { SpecialString, TemplateInspection } from '../../prompts/inspect-template.js';
import type { ModelConfig } from '../../prompts/model-configs.js';
import { formatColumns } from '../../steps/format-columns.js';

/** Lines that show the derived pre-query text, the table's, where they part, and the id of each special string. */
export function formatTemplate({
  from,
  config,
  inspection,
}: {
  from: string | undefined;
  config: ModelConfig | undefined;
  inspection: TemplateInspection;
}): string[] {
  const { derived, configured, upstream, difference, upstreamDifference, systemRefused, specials } = inspection;
  return [
    derived === null
      ? 'No chat template at hand: nothing can be derived'
      : `Derived from ${from}: ${JSON.stringify(derived)}`,
    configured === null
      ? 'configs/model_configs.json has no entry for it'
      : `configs/model_configs.json: ${describe(configured, derived, difference)}`,
    ...(upstream === null ? [] : [`Magpie's own table: ${describe(upstream, derived, upstreamDifference)}`]),
    ...(systemRefused === null ? [] : [`No system prompt: ${systemRefused}`]),
    ...(specials.length === 0
      ? []
      : formatColumns([['special string', 'token id'], ...specials.map(toCells)]).map((line) => `  ${line}`)),
    ...(config?.corrections ?? []).map((line) => `Note: ${line}`),
  ];
}

function describe(text: string, derived: string | null, difference: TemplateInspection['difference']): string {
  if (derived === null) return JSON.stringify(text);
  if (difference === null) return 'the same';
  const { at, other } = difference;
  return `${JSON.stringify(text)}, another one from character ${at} on (${JSON.stringify(other)} for ${JSON.stringify(difference.derived)})`;
}

function toCells({ text, id, status }: SpecialString): string[] {
  const words = { token: String(id), text: 'plain text', unverified: 'not verified', missing: 'NO TOKEN' };
  return [text, words[status]];
}
