/** The content of a text's last `\boxed{…}` or `\fbox{…}` with balanced braces; also of `\boxed 5`, as MATH has it. */
export function findLastBoxed(text: string): string | undefined {
  const start = Math.max(text.lastIndexOf('\\boxed'), text.lastIndexOf('\\fbox'));
  if (start === -1) return undefined;
  const rest = text.slice(start).replace(/^\\[a-z]+\s*/, '');
  if (!rest.startsWith('{')) return /^[^\s$]+/.exec(rest)?.[0];
  let depth = 0;
  for (let index = 0; index < rest.length; index += 1) {
    const letter = rest[index];
    if (letter === '\\') index += 1;
    else if (letter === '{') depth += 1;
    else if (letter === '}') depth -= 1;
    if (depth === 0) return rest.slice(1, index).trim();
  }
  return undefined;
}
