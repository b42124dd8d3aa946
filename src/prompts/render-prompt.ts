import { PromptError } from '../errors.js';

/**
 * Fills the `{name}` variables of a template. Every variable must get a value and every value must be used, else
 * `PromptError` names them: a prompt that lost its question costs a whole run. A value is inserted once and as it is,
 * so a question that contains `{answer}` is not expanded. `{}` and `{5}` (LaTeX) are plain text.
 */
export function renderPrompt(
  template: string,
  { name, values }: { readonly name: string; readonly values: Readonly<Record<string, string>> },
): string {
  const variables = templateVariables(template);
  const missing = variables.filter((variable) => !Object.hasOwn(values, variable));
  const unused = Object.keys(values).filter((variable) => !variables.includes(variable));
  const complaints = [
    missing.length > 0 ? `missing variables ${quote(missing)}` : '',
    unused.length > 0 ? `unused variables ${quote(unused)}` : '',
  ].filter(Boolean);
  if (complaints.length > 0) throw new PromptError(`Cannot render prompt "${name}": ${complaints.join(', ')}`);
  return template.replace(variablePattern, (_, variable: string) => values[variable] ?? '');
}

/** The distinct variables of a template, in order of appearance. */
export const templateVariables = (template: string): string[] => [
  ...new Set([...template.matchAll(variablePattern)].map((match) => match[1] ?? '')),
];

const variablePattern = /\{([a-z][A-Za-z]*)\}/g;

const quote = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
