/** Fills under a white sign: at least 4.5 : 1, whatever the page is, light or dark. */
export const verdictFills = { right: '#0a7453', wrong: '#b3430c', open: '#59636e' } as const;

/** A sign on a ground of its own: as coloured text it would be too pale on a light page or on a dark one. */
export function verdictBadge(sign: string, verdict: keyof typeof verdictFills): string {
  return `<b style="background-color:${verdictFills[verdict]};color:#ffffff;padding:0 5px">${sign}</b>`;
}
