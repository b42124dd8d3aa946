import { maskLikeMetamath, type PublishedMask } from './mask-like-metamath.js';
import type { MaskedQuestion } from './mask-quantities.js';
import { maskQuantities } from './mask-quantities.js';
import type { QuantityKind } from './quantities/quantity.js';

export type MaskCounts = { readonly published: number; readonly ours: number; readonly both: number };

/** One place where the two maskings differ; null where one of them masks nothing. */
export type MaskDifference = {
  readonly id: string;
  readonly question: string;
  readonly published: string | null;
  readonly ours: string | null;
  readonly span: readonly [start: number, end: number];
};

export type MaskComparison = {
  readonly questions: number;
  /** Questions that give at least one mask. */
  readonly masked: { readonly published: number; readonly ours: number };
  readonly total: MaskCounts;
  readonly kinds: readonly (MaskCounts & { readonly kind: QuantityKind })[];
  /** Numbers masked by one alone, and by both in a different way (a lost sign, "x%" for half). */
  readonly differing: { readonly onlyPublished: number; readonly onlyOurs: number; readonly otherwise: number };
  /** A fair sample of the differences, as many of each sort as there are. */
  readonly sample: readonly MaskDifference[];
};

type Sort = keyof MaskComparison['differing'];

/** Compares our masking with the published one, question by question; memory does not grow with the questions. */
export function compareMasks({ dataset, sampleSize = 30 }: { dataset: 'gsm8k' | 'math'; sampleSize?: number }) {
  const kinds = new Map<QuantityKind, { published: number; ours: number; both: number }>();
  const differing = { onlyPublished: 0, onlyOurs: 0, otherwise: 0 };
  const samples: Record<Sort, MaskDifference[]> = { onlyPublished: [], onlyOurs: [], otherwise: [] };
  const masked = { published: 0, ours: 0 };
  let questions = 0;
  const count = (kind: QuantityKind, side: 'published' | 'ours' | 'both'): void => {
    const counts = kinds.get(kind) ?? { published: 0, ours: 0, both: 0 };
    counts[side]++;
    kinds.set(kind, counts);
  };
  const keep = (sort: Sort, difference: MaskDifference): void => {
    const place = drawPlace(differing[sort]++, sampleSize);
    if (place !== undefined) samples[sort][place] = difference;
  };

  return {
    add: ({ id, question }: { readonly id: string; readonly question: string }): void => {
      const ours = maskQuantities(question);
      const published = maskLikeMetamath(question, { dataset });
      questions++;
      if (ours.length > 0) masked.ours++;
      if (published.length > 0) masked.published++;
      for (const mask of ours) count(mask.kind, 'ours');
      for (const mask of published) {
        const partner = ours.find((one) => overlap(one, mask));
        // the better reading names the kind for both, so that a row of the table is about the same numbers
        count(partner?.kind ?? mask.kind, 'published');
        if (partner !== undefined) count(partner.kind, 'both');
        if (partner?.masked === mask.masked) continue;
        const difference = { id, question, published: mask.masked, ours: partner?.masked ?? null, span: mask.span };
        keep(partner === undefined ? 'onlyPublished' : 'otherwise', difference);
      }
      for (const mask of ours) {
        if (published.some((one) => overlap(mask, one))) continue;
        keep('onlyOurs', { id, question, published: null, ours: mask.masked, span: mask.span });
      }
    },
    finish: (): MaskComparison => {
      const rows = [...kinds].map(([kind, counts]) => ({ kind, ...counts }));
      const sum = (side: keyof MaskCounts): number => rows.reduce((total, row) => total + row[side], 0);
      return {
        questions,
        masked,
        total: { published: sum('published'), ours: sum('ours'), both: sum('both') },
        kinds: rows.sort((left, right) => right.ours - left.ours),
        differing,
        sample: shareOut(samples, sampleSize),
      };
    },
  };
}

function overlap(left: Pick<MaskedQuestion, 'span'>, right: Pick<PublishedMask, 'span'>): boolean {
  return left.span[0] < right.span[1] && right.span[0] < left.span[1];
}

/** Reservoir sampling (Vitter 1985, algorithm R) with draws that depend on the count alone: the same data, the same rows. */
function drawPlace(seen: number, size: number): number | undefined {
  if (seen < size) return seen;
  const hash = Math.imul(seen ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  const place = Math.floor((((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32) * (seen + 1));
  return place < size ? place : undefined;
}

/** As many of each sort as there are, up to the size in all. */
function shareOut(samples: Readonly<Record<Sort, readonly MaskDifference[]>>, size: number): readonly MaskDifference[] {
  const lists = Object.values(samples);
  const shared: MaskDifference[] = [];
  for (let turn = 0; shared.length < size && lists.some((list) => turn < list.length); turn++) {
    for (const list of lists) {
      const next = list[turn];
      if (next !== undefined && shared.length < size) shared.push(next);
    }
  }
  return shared;
}
