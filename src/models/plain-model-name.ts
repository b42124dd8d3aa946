/** A model string without the options behind it: `openai:gpt-5.1?effort=low` costs what `openai:gpt-5.1` does. */
export function plainModelName(name: string): string {
  const hash = name.indexOf('#');
  const at = name.indexOf('?', hash === -1 ? 0 : hash);
  return at === -1 ? name : name.slice(0, at);
}
