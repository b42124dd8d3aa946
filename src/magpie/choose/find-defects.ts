export type LengthRange = {
  /** Both ends included. */
  readonly min: number;
  readonly max: number;
  /** @default 'characters' */
  readonly unit?: 'characters' | 'tokens';
};

export type ValidationSettings = {
  /** Fields that must be there and not blank. @default instruction and response */
  readonly requiredFields?: readonly string[];
  /** @default 20 to 1000 characters */
  readonly instructionLength?: LengthRange;
  /** @default 50 to 4000 characters */
  readonly responseLength?: LengthRange;
  /** The response must hold a final answer (`extracted`). @default false */
  readonly requireAnswer?: boolean;
};

/** The rules that a row breaks: `missing-response`, `instruction-too-short`, `response-too-long`, `no-answer`, … */
export function findDefects(row: object, settings: ValidationSettings = {}): readonly string[] {
  const {
    requiredFields = ['instruction', 'response'],
    instructionLength = { min: 20, max: 1000 },
    responseLength = { min: 50, max: 4000 },
    requireAnswer = false,
  } = settings;
  const fields = row as { readonly [field: string]: unknown };
  const missing = requiredFields.filter((field) => isBlank(fields[field])).map((field) => `missing-${field}`);
  const lengths = [
    ...checkLength(fields, { field: 'instruction', range: instructionLength }),
    ...checkLength(fields, { field: 'response', range: responseLength }),
  ];
  return [...missing, ...lengths, ...(requireAnswer && isBlank(fields.extracted) ? ['no-answer'] : [])];
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function checkLength(
  fields: { readonly [field: string]: unknown },
  { field, range }: { field: 'instruction' | 'response'; range: LengthRange },
): readonly string[] {
  const text = fields[field];
  if (typeof text !== 'string' || text.trim() === '') return []; // a missing field is reported once
  const length = range.unit === 'tokens' ? fields[`${field}_tokens`] : [...text].length;
  if (typeof length !== 'number') return [`${field}-tokens-unknown`];
  if (length < range.min) return [`${field}-too-short`];
  return length > range.max ? [`${field}-too-long`] : [];
}
