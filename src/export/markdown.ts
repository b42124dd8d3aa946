/** Text of rows and models inside a Markdown table: nothing in it may end a cell or begin markup. */
export function cell(text: string): string {
  return text
    .replace(/[\s|`]+/g, ' ')
    .replace(/\]\(/g, '] (')
    .trim()
    .slice(0, 1000)
    .replace(/&(?=[\w#]+;)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

/** A Markdown table; cells are escaped here. */
export function markdownTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]): string =>
    `| ${cells.map((each) => cell(String(each))).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)];
}

/** A block of code that no run of backticks inside ends. */
export function codeBlock(text: string, language: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, text, fence];
}
