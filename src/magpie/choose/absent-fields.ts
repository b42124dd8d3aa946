import { nearestOf } from '../../nearest.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import type { Condition, Operand } from './filter-expression.js';

/** Fields that conditions name and that no row has, with the field of the rows that is spelled most alike: a slip, or a tag not given yet. */
export function absentFields(
  rows: readonly JsonObject[],
  conditions: readonly Condition[],
): readonly { readonly field: string; readonly nearest: string | undefined }[] {
  const known = new Set(rows.flatMap((row) => Object.keys(row)));
  const named = new Set(conditions.flatMap(fieldsOf));
  return [...named]
    .filter((field) => !known.has(field))
    .map((field) => ({ field, nearest: nearestOf(field, [...known]) }));
}

function fieldsOf(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'not':
      return fieldsOf(condition.of);
    case 'exists':
      return fieldOf(condition.value);
    case 'compare':
      return [...fieldOf(condition.left), ...fieldOf(condition.right)];
    default:
      return [...fieldsOf(condition.left), ...fieldsOf(condition.right)];
  }
}

const fieldOf = (operand: Operand): readonly string[] => ('field' in operand ? operand.field.slice(0, 1) : []);
