/** Commands that reach out of their formula: links, attributes, files, definitions. A formula with one is shown as text. */
const outwardCommand =
  /\\(?:href|url|includegraphics|html[a-zA-Z]*|class|style|cssId|mmlToken|require|input|unicode|[gex]?def|let|futurelet|global|(?:re|provide)?newcommand|newenvironment|char)(?![a-zA-Z])/;

/** Whether a formula reaches out of itself. */
export function isOutward(source: string): boolean {
  return outwardCommand.test(source);
}

/** How KaTeX sets the formula of a model: MathML, nothing trusted, its expansions bounded. */
export const mathOptions = {
  output: 'mathml',
  throwOnError: true,
  trust: false,
  strict: 'ignore',
  maxExpand: 200,
  maxSize: 10,
} as const;
