/**
 * MetaMath's GSM8K grader as published (eval_gsm8k.py of meta-math/MetaMath), kept to reproduce published numbers.
 * Known faults: it rounds (8.5 counts as 8), reads 1,450,000 as 1450 and "10:30" as 10.
 */
export function extractMetamathGsm8k(response: string): number | undefined {
  const marker = 'The answer is: ';
  const at = response.lastIndexOf(marker);
  if (at < 0) return undefined;
  const tail = response.slice(at + marker.length).trim();
  const found = firstNumber.exec(tail)?.[0];
  if (found === undefined) return undefined;
  const slash = found.indexOf('/');
  if (slash >= 0) {
    const [top, bottom] = [Number(found.slice(0, slash)), Number(found.slice(slash + 1))];
    if (!isWhole(found.slice(0, slash)) || !isWhole(found.slice(slash + 1))) return undefined;
    return bottom === 0 ? roundHalfEven(top) : roundHalfEven(top / bottom);
  }
  const value = Number(found.replaceAll(',', ''));
  return Number.isFinite(value) ? roundHalfEven(value) : undefined;
}

/** The original's pattern: one optional separator, so that only the first group of thousands is read. */
const firstNumber = /[-+]?\d*[.,/]?\d+/;
const isWhole = (text: string): boolean => /^[-+]?\d+$/.test(text);

/** Python's round(): halves go to the even neighbour. */
const roundHalfEven = (value: number): number => {
  const low = Math.floor(value);
  const rest = value - low;
  if (rest !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
};
