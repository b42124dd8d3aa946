/** A command line that a document shows, and where. */
export type DocumentedCommand = { readonly place: string; readonly words: readonly string[] };

/**
 * The command lines of `mathpie` in the fenced blocks of a Markdown text: lines that end in a backslash are joined, comments
 * and prompts left out, variables of the same block and of blocks before it put in, and of a `for` loop its first value.
 */
export function commandsInBlocks(markdown: string, { file }: { readonly file: string }): readonly DocumentedCommand[] {
  const found: DocumentedCommand[] = [];
  const variables = new Map<string, string>();
  for (const { line, text } of blockLines(markdown)) {
    const assigned = /^\s*(\w+)=(?:"([^"]*)"|(\S*))\s*$/.exec(text) ?? /^\s*for (\w+) in (\S+)/.exec(text);
    if (assigned?.[1] !== undefined) variables.set(assigned[1], assigned[2] ?? assigned[3] ?? '');
    const command = /^\s*(?:\$ )?(?:\w+=\S+ )*(?:npx )?mathpie (.*)$/.exec(text)?.[1];
    if (command === undefined || command.startsWith('…')) continue;
    const filled = command.replace(/\$\{?(\w+)\}?/g, (_, name: string) => variables.get(name) ?? name);
    found.push({ place: `${file}:${line}`, words: splitWords(filled) });
  }
  return found;
}

/** Mentions in running text, such as `mathpie grade --policy NAME=VALUE`: abbreviated, so that required flags may be absent. */
export function commandsInProse(markdown: string, { file }: { readonly file: string }): readonly DocumentedCommand[] {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, (block) => block.replace(/[^\n]/g, ''));
  return [...prose.matchAll(/`(?:npx )?mathpie ([^`]*)`/g)].map(({ 1: text = '', index }) => ({
    place: `${file}:${prose.slice(0, index).split('\n').length}`,
    words: splitWords(text.replace(/\s+/g, ' ').replace(/…/g, ' ')),
  }));
}

function blockLines(markdown: string): { readonly line: number; readonly text: string }[] {
  const lines: { line: number; text: string }[] = [];
  let isInside = false;
  let start: { line: number; text: string } | undefined;
  for (const [index, raw] of markdown.split('\n').entries()) {
    if (raw.startsWith('```')) {
      isInside = !isInside;
      continue;
    }
    if (!isInside) continue;
    const text = raw.replace(/(^|\s)#(?!\S).*$/, '').trimEnd();
    const joined = start === undefined ? { line: index + 1, text } : { ...start, text: `${start.text} ${text.trim()}` };
    start = joined.text.endsWith('\\') ? { ...joined, text: joined.text.slice(0, -1).trimEnd() } : undefined;
    if (start === undefined) lines.push(joined);
  }
  return lines;
}

/** As a shell splits them, but for substitutions; what follows a pipe or a redirection is no word of the command. */
export function splitWords(text: string): readonly string[] {
  const words = [...text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word);
  const end = words.findIndex((word) => /^(?:\||&&|;|[12]?>.*)$/.test(word));
  return words.slice(0, end < 0 ? undefined : end).map((word) => word.replace(/["']/g, ''));
}
