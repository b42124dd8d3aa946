/** Plotly reads tags in its texts: whatever comes from data or a model goes through here first. */
export function plainLabel(value: string | number | boolean | null): string {
  return String(value ?? 'not known')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** 0.734 as `73%`, or with `digits: 1` as `73.4%`. */
export function percent(share: number, { digits = 0 }: { readonly digits?: number } = {}): string {
  return `${(share * 100).toFixed(digits)}%`;
}

/** 12345 as `12,345`, whatever the machine's language. */
export function wholeNumber(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** `1 answer`, `2 answers`. */
export function counted(count: number, noun: string): string {
  return `${wholeNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}
