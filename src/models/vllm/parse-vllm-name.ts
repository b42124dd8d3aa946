import { InputError } from '../../errors.js';
import { setKeys } from '../../gpu/set-keys.js';
import type { TemplateOptions } from '../../prompts/template-options.js';
import { parseModelOptions } from '../openai/model-options.js';

/**
 * Takes a model string such as `vllm:Qwen/Qwen2.5-Math-7B?tensorParallel=2&maxModelLength=4096` apart: a folder or a name
 * on the Hugging Face hub, and behind the question mark settings of the engine (docs/gpu.md) and options of the chat template
 * (`thinking=off`, `effort=low`, `template.NAME=VALUE`). Throws `InputError`.
 */
export function parseVllmName(name: string): {
  model: string;
  settings: { readonly [key: string]: unknown };
  /** How its chat template is rendered. */
  template: TemplateOptions;
} {
  const [, model = '', query = ''] = /^vllm:([^?]+)(?:\?(.*))?$/s.exec(name) ?? [];
  if (model === '') {
    throw new InputError(`Cannot open model "${name}": no model after vllm:, write vllm:OWNER/NAME or vllm:FOLDER`);
  }
  const parts = query === '' ? [] : query.split('&');
  const isTemplate = (part: string): boolean => /^(?:thinking|effort|template\.\w+)=/.test(part);
  const template = parseModelOptions(parts.filter(isTemplate).join('&'), { name });
  const settings = setKeys(
    {},
    parts.filter((part) => !isTemplate(part)),
  );
  const variables = templateVariables(template);
  const asked = Object.keys(variables).length === 0 ? settings : { ...settings, templateVariables: variables };
  return { model, settings: asked, template };
}

/** Before the engine is loaded nobody knows which name a template gives its switch: it reads its own. */
function templateVariables({ thinking, effort, template }: TemplateOptions): object {
  const isOn = thinking === 'on';
  return {
    ...template,
    ...(thinking === undefined ? {} : { enable_thinking: isOn, thinking: isOn }),
    ...(effort === undefined ? {} : { reasoning_effort: effort, thinking_effort: effort }),
  };
}
