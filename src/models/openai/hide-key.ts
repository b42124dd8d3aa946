/** A part of a key this long says something of it; `sk-proj-` alone, which all have, is no part of it. */
const leastPart = 8;
/** What an endpoint leaves of a key when it stars the middle: `sk-ab****wxyz`. */
const starred = /[\w-]{0,16}\*{2,}[\w-]{0,16}/g;

/** The text without the key: every part of it of eight characters and more is gone, in base64 too, and so is what stars leave of it. */
export function hideKey(text: string, key: string | undefined, { isMessage = false } = {}): string {
  if (!key || key.length < leastPart) return key ? text.replaceAll(key, '…') : text;
  const shown =
    isMessage && text.includes('**') ? text.replace(starred, (found) => (isOf(found, key) ? '…' : found)) : text;
  const hide = (left: string, form: string): string =>
    form === key || holdsPart(left, form) ? hideForm(left, form) : left;
  return formsOf(key).reduce(hide, shown);
}

/** The key, and what base64 makes of it behind 0, 1 and 2 other bytes, without the letters that it shares with what stands around it. */
function formsOf(key: string): readonly string[] {
  const bytes = Buffer.from(key);
  const encoded = [0, 1, 2].flatMap((before) => {
    const all = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const form = all.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return [form, form.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [...new Set([key, ...encoded])];
}

function hideForm(shown: string, key: string): string {
  let hidden = '';
  let place = 0;
  while (place < shown.length) {
    const length = sharedLength(shown, place, key);
    hidden += length >= leastPart ? '…' : shown[place];
    place += length >= leastPart ? length : 1;
  }
  return hidden;
}

/** How many characters from a place on stand somewhere in the key in a row. */
function sharedLength(text: string, place: number, key: string): number {
  if (!key.includes(text.slice(place, place + leastPart)) || place + leastPart > text.length) return 0;
  let length = leastPart;
  while (place + length < text.length && key.includes(text.slice(place, place + length + 1))) length += 1;
  return length;
}

function isOf(starredText: string, key: string): boolean {
  const [head = '', tail = ''] = starredText.split(/\*+/);
  return (head.length >= 3 && key.startsWith(head)) || (tail.length >= 3 && key.endsWith(tail));
}

/** Whether a text may hold a part of the key at all: cheap, for texts that are long and many. */
export function mayHoldKey(text: string, key: string | undefined): boolean {
  if (!key || key.length < leastPart) return Boolean(key) && text.includes(key as string);
  return formsOf(key).some((form) => holdsPart(text, form));
}

function holdsPart(text: string, form: string): boolean {
  for (let place = 0; place + leastPart <= form.length; place += leastPart) {
    // Any part of twice that length holds one of these whole
    if (text.includes(form.slice(place, place + leastPart))) return true;
  }
  return false;
}
