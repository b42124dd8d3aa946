import { PromptError } from '../errors.js';

/**
 * Fills the `{name}` variables of a template. Every variable must get a value and every value must be used, else
 * `PromptError` names them: a prompt that lost its question costs a whole run. A value is inserted once and as it is,
 * so a question that contains `{answer}` is not expanded.
 *
 * Braces that are no variable stay: `{}`, `\frac{3}{4}`, `{x+1}`. A LaTeX group of letters alone is doubled:
 * `\frac{{a}}{{b}}` becomes `\frac{a}{b}`; and `\boxed{{{answer}}}` puts braces around a value.
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
  return template.replace(
    bracedPattern,
    (_, wrapped: string | undefined, literal: string | undefined, variable: string) => {
      if (wrapped !== undefined) return `{${values[wrapped] ?? ''}}`;
      return literal !== undefined ? `{${literal}}` : (values[variable] ?? '');
    },
  );
}

/** The distinct variables of a template, in order of appearance. */
export const templateVariables = (template: string): string[] => [
  ...new Set([...template.matchAll(bracedPattern)].flatMap(([, wrapped, , variable]) => wrapped ?? variable ?? [])),
];

/** `{{{value in braces}}}`, `{{plain}}`, `{variable}`, as Python's format strings read them. */
const bracedPattern = /\{\{\{([a-z][A-Za-z]*)\}\}\}|\{\{([a-z][A-Za-z]*)\}\}|\{([a-z][A-Za-z]*)\}/g;

const quote = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
