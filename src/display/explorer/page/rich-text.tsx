import katex from 'katex';
import type { ComponentChild } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { isOutward, mathOptions } from '../../math-safety.js';
import { splitMath } from '../../split-math.js';

/** Longer texts are cut until somebody asks for the rest: a page must not stand still over one answer. */
const longestText = 20_000;
const mostFormulas = 300;

/** Text of a problem or a model: formulas as MathML, everything else as text. Nothing in it can link, load or style. */
export function RichText({
  text,
  place,
  isPlain = false,
}: {
  readonly text: string;
  /** Marked: start and end in UTF-16 units. */
  readonly place?: readonly [number, number] | null | undefined;
  readonly isPlain?: boolean;
}) {
  const [start, end] = place ?? [text.length, text.length];
  // The mark must not fall into two formulas: the whole formula around it is marked
  if (isPlain || place === null || place === undefined) {
    return (
      <>
        {pieces(text.slice(0, start), isPlain)}
        {end > start && <mark>{text.slice(start, end)}</mark>}
        {end > start && pieces(text.slice(end), isPlain)}
      </>
    );
  }
  return <>{markedPieces(text, [start, end])}</>;
}

function pieces(text: string, isPlain: boolean): ComponentChild {
  const held = text.slice(0, longestText);
  const rest = text.length > held.length ? ` … (+${(text.length - held.length).toLocaleString('en')})` : '';
  if (isPlain) return held + rest;
  let count = 0;
  const all = splitMath(held);
  const shown = all.map(({ kind, source }, index) => {
    if (kind === 'text') return withoutGaps(source, all[index - 1]?.kind, all[index + 1]?.kind);
    count += 1;
    return count > mostFormulas ? source : <Formula key={index} source={source} place={kind} />;
  });
  return [...shown, rest];
}

/** A displayed formula has room of its own: line ends beside it would add empty lines. */
function withoutGaps(text: string, before: string | undefined, after: string | undefined): string {
  const trimmed = after === 'display' ? text.replace(/[^\S\n]*\n\s*$/, '') : text;
  return before === 'display' ? trimmed.replace(/^\s*\n/, '') : trimmed;
}

function markedPieces(text: string, [start, end]: readonly [number, number]): ComponentChild {
  // Cuts the text at formulas, and finds the piece that holds the mark
  const held = text.slice(0, Math.max(longestText, end + 200));
  let count = 0;
  const all = splitMath(held);
  let at = 0;
  const places = all.map(({ source }): [number, number] => {
    const from = Math.max(at, held.indexOf(source, at));
    at = from + source.length;
    return [from, at];
  });
  // An answer that goes over several pieces is marked in the text as it was written
  if (!places.some(([from, to]) => from <= start && end <= to)) {
    return [text.slice(0, start), <mark key="mark">{text.slice(start, end)}</mark>, text.slice(end)];
  }
  return all.map(({ kind, source }, index) => {
    const [from, to] = places[index] ?? [0, 0];
    const isHit = from <= start && end <= to;
    if (kind === 'text') {
      if (!isHit) return withoutGaps(source, all[index - 1]?.kind, all[index + 1]?.kind);
      return [
        source.slice(0, start - from),
        <mark key="mark">{text.slice(start, end)}</mark>,
        source.slice(end - from),
      ];
    }
    count += 1;
    const formula = count > mostFormulas ? source : <Formula key={index} source={source} place={kind} />;
    return isHit ? <mark key={index}>{formula}</mark> : formula;
  });
}

/** A short text, such as an answer: mathematics where it reads as such, whole, in a line of its own that moves where it is wider than its place. */
export function ShortText({ text, most = longestText }: { readonly text: string; readonly most?: number }) {
  const isFormula = /[\\^_{}]|^[-+\d.,/ ()]+$/.test(text) && !text.includes('$');
  if (isFormula && text.length <= longestShown) return <Formula source={text} place="own" />;
  // Half a formula cannot be read as one
  return <RichText text={text.length > most ? `${text.slice(0, most - 1)}…` : text} isPlain={isFormula} />;
}

/** Of a formula in a line: no list is to stand still over one answer. */
const longestShown = 1000;
/** From so many characters on a formula may be wider than a line of a phone: it moves in a place of its own, as MathML breaks no lines. */
const longInText = 30;

type Place = 'inline' | 'display' | 'own';

function Formula({ source, place }: { readonly source: string; readonly place: Place }) {
  const box = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const math = toMath(source, place === 'display');
    if (math !== undefined) box.current?.replaceChildren(math);
  }, [source, place]);
  const isLong = place === 'inline' && source.length >= longInText;
  // Until it is set, and where it cannot be, the source stands there
  return (
    <span ref={box} class={`formula ${place}${isLong ? ' long' : ''}`}>
      {source}
    </span>
  );
}

const mathNamespace = 'http://www.w3.org/1998/Math/MathML';

function toMath(source: string, isDisplay: boolean): Element | undefined {
  if (source.length > 4000 || isOutward(source)) return undefined;
  try {
    const text = katex.renderToString(source, { ...mathOptions, displayMode: isDisplay });
    const math = new DOMParser()
      .parseFromString(text, 'application/xml')
      .getElementsByTagNameNS(mathNamespace, 'math')[0];
    return math === undefined ? undefined : copyAllowed(math);
  } catch {
    return undefined;
  }
}

const allowedNames = new Set(
  'math semantics mrow mi mn mo mtext mspace ms msup msub msubsup mover munder munderover mfrac msqrt mroot mtable mtr mtd mstyle mpadded mphantom menclose'.split(
    ' ',
  ),
);
const allowedAttributes = new Set(
  'display mathvariant stretchy fence separator minsize maxsize width height depth lspace rspace linethickness columnalign rowspacing columnspacing scriptlevel displaystyle accent accentunder notation voffset movablelimits symmetric largeop mathsize'.split(
    ' ',
  ),
);

/** A copy with the elements and attributes of mathematics alone: whatever a formula brings, nothing else comes into the page. */
function copyAllowed(element: Element): Element | undefined {
  if (!allowedNames.has(element.localName)) return undefined;
  const isBox = element.localName === 'menclose';
  // Chromium draws no menclose
  const copy = document.createElementNS(mathNamespace, isBox ? 'mrow' : element.localName);
  if (isBox) copy.setAttribute('class', `enclosed ${element.getAttribute('notation') ?? ''}`.replace(/[^a-z ]/g, ''));
  for (const { name, value } of element.attributes) if (allowedAttributes.has(name)) copy.setAttribute(name, value);
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) copy.append(child.textContent ?? '');
    if (!(child instanceof Element)) continue;
    const inner = copyAllowed(child);
    if (inner !== undefined) copy.append(inner);
  }
  return copy;
}
