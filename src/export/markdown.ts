/** Control characters, and marks that turn the direction of what follows. */
const unseen = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** Text of rows, models and other people's run directories in a line or table of a card: nothing in it may end the line or begin markup. */
export function cell(text: string): string {
  return text
    .replace(unseen, ' ')
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
  const longest = [...text.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, text, fence];
}
