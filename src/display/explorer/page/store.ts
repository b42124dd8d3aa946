/** What a browser keeps of a reader: nothing where it forbids that, as in a frame of a notebook. */

const prefix = 'mathpie explorer ';

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(prefix + name, value);
  } catch {
    // Lost when the page closes, and nothing else
  }
}

export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(prefix + name) ?? undefined;
  } catch {
    return undefined;
  }
}
