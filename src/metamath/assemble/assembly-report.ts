import type { RowFault } from './check-row.js';
import type { AssemblyRecipe } from './recipe.js';

export type DropReason = RowFault | 'exact-duplicate' | 'contaminated' | 'near-duplicate' | 'quota';

/** The stages in the order in which a row goes through them, with the reasons for which each drops. */
export const assemblyStages = [
  {
    stage: 'checked answer',
    reasons: [
      'other-type',
      'left-out',
      'duplicate-question',
      'ungraded',
      'wrong',
      'unverified',
      'two-answers',
      'broken-steps',
      'no-work',
    ],
  },
  { stage: 'decontamination', reasons: ['contaminated'] },
  { stage: 'exact duplicates', reasons: ['exact-duplicate'] },
  { stage: 'near-duplicates', reasons: ['near-duplicate'] },
  { stage: 'quotas', reasons: ['quota'] },
] as const satisfies { stage: string; reasons: readonly DropReason[] }[];

export type StageReport = {
  readonly stage: string;
  readonly before: number;
  readonly after: number;
  readonly dropped: Readonly<Record<string, number>>;
};

export type TypeYield = {
  readonly type: string;
  readonly read: number;
  readonly dropped: Readonly<Record<string, number>>;
  /** Left after all stages but the quotas. */
  readonly available: number;
  readonly wanted: number;
  readonly written: number;
  /** Rows that the type falls short of its quota. */
  readonly short: number;
  /** available / read; null where nothing was read. */
  readonly yield: number | null;
};

export type ContaminatedRow = {
  /** `FILE:LINE` of the row. */
  readonly row: string;
  readonly type: string;
  readonly field: string;
  readonly testFile: string;
  readonly testItem: string;
  readonly kind: 'same' | 'overlap';
  readonly wordCount: number;
  /** The shared words as they stand in the row. */
  readonly text: string;
};

export type RepeatedRow = { readonly row: string; readonly of: string; readonly similarity: number };

/** What an assembly did. Holds no time and no memory: the same inputs give the same report. */
export type AssemblyReport = {
  readonly recipe: AssemblyRecipe;
  readonly inputs: readonly {
    readonly name: string;
    readonly rows: number;
    readonly bytes: number;
    readonly sha256: string;
  }[];
  readonly tests: readonly { readonly file: string; readonly items: number; readonly sha256: string }[];
  readonly read: number;
  readonly written: number;
  readonly stages: readonly StageReport[];
  readonly types: readonly TypeYield[];
  /** Rows of types that the recipe does not name. */
  readonly otherTypes: Readonly<Record<string, number>>;
  /** Right answers by the grader's rule, those of refused rules too. */
  readonly rules: Readonly<Record<string, number>>;
  /** The first ones of `contaminatedCount`. */
  readonly contaminated: readonly ContaminatedRow[];
  /** The first ones of the near-duplicates. */
  readonly nearDuplicates: readonly RepeatedRow[];
  /** Rows compared with only a part of those that might be alike. */
  readonly cutComparisons: number;
  readonly badLines: number;
  readonly output: { readonly rows: number; readonly sha256: string };
};

export type AssemblyCounts = {
  read(type: string): void;
  drop(type: string, reason: DropReason): void;
  rule(rule: string): void;
  stages(): StageReport[];
  types(recipe: AssemblyRecipe): TypeYield[];
  otherTypes(recipe: AssemblyRecipe): Record<string, number>;
  rules(): Record<string, number>;
  available(type: string): number;
};

/** Counts rows by type and reason while they pass. */
export function createAssemblyCounts(): AssemblyCounts {
  const reads = new Map<string, number>();
  const drops = new Map<string, Map<DropReason, number>>();
  const rules = new Map<string, number>();
  const bump = <Key>(counts: Map<Key, number>, key: Key): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  const dropped = (type: string, reason: DropReason): number => drops.get(type)?.get(reason) ?? 0;
  const all = (reason: DropReason): number => [...drops.keys()].reduce((sum, type) => sum + dropped(type, reason), 0);
  const available = (type: string): number =>
    assemblyStages
      .flatMap(({ reasons }): readonly DropReason[] => reasons)
      .filter((reason) => reason !== 'quota')
      .reduce((left, reason) => left - dropped(type, reason), reads.get(type) ?? 0);

  return {
    read: (type) => bump(reads, type),
    drop: (type, reason) => {
      const own = drops.get(type) ?? new Map<DropReason, number>();
      bump(own, reason);
      drops.set(type, own);
    },
    rule: (rule) => bump(rules, rule),
    available,
    stages: () => {
      let left = [...reads.values()].reduce((sum, count) => sum + count, 0);
      return assemblyStages.map(({ stage, reasons }) => {
        const before = left;
        const counts = Object.fromEntries(
          reasons.map((reason) => [reason, all(reason)] as const).filter(([, count]) => count > 0),
        );
        left -= Object.values(counts).reduce((sum, count) => sum + count, 0);
        return { stage, before, after: left, dropped: counts };
      });
    },
    types: ({ types }) =>
      Object.entries(types).map(([type, { rows }]) => {
        const read = reads.get(type) ?? 0;
        const left = available(type);
        const written = left - dropped(type, 'quota');
        return {
          type,
          read,
          dropped: Object.fromEntries(drops.get(type) ?? []),
          available: left,
          wanted: rows,
          written,
          short: rows - written,
          yield: read === 0 ? null : left / read,
        };
      }),
    otherTypes: ({ types }) => Object.fromEntries([...reads].filter(([type]) => !Object.hasOwn(types, type))),
    rules: () => Object.fromEntries([...rules].sort(([, left], [, right]) => right - left)),
  };
}
