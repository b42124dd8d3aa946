import { childrenOf, type Expression, mapChildren, negative, number } from './expression.js';
import * as is from './is.js';
import * as make from './make.js';
import { isInteger } from './rational.js';
import { spendSteps } from './work.js';

type Rows = readonly (readonly Expression[])[];

const MAX_SIZE = 5;
const MAX_POWER = 6;
const MAX_NODES = 4000;

/**
 * An expression with its matrices and points added, multiplied, transposed, inverted and its determinants worked out; where the sizes do
 * not fit, or they are past 5 rows, it stays as it is.
 */
export const workOutMatrices = (expression: Expression): Expression => {
  if (is.matrix(expression) || is.tuple(expression) || !mentionsMatrix(expression)) return expression;
  if (!isArithmetic(expression)) return expression;
  spendSteps(20);
  const worked = mapChildren(expression, workOutMatrices);
  const result = combine(worked);
  return result && isSmall(result) ? result : worked;
};

const isArithmetic = ({ kind }: Expression): boolean => /^(sum|product|negative|quotient|power|call)$/.test(kind);

const mentionsMatrix = (expression: Expression): boolean => {
  if (is.matrix(expression) || is.tuple(expression)) return true;
  return isArithmetic(expression) && childrenOf(expression).some(mentionsMatrix);
};

/** A matrix's rows; a point or vector in parentheses is a column. */
const rowsOf = (expression: Expression): Rows | undefined => {
  if (is.matrix(expression)) return expression.rows;
  if (is.tuple(expression) && '(⟨'.includes(expression.open) && expression.items.length <= MAX_SIZE)
    return expression.items.map((item) => [item]);
  return undefined;
};

const combine = (expression: Expression): Expression | undefined => {
  switch (expression.kind) {
    case 'negative': {
      const rows = rowsOf(expression.operand);
      return rows && each(rows, negative);
    }
    case 'sum':
      return addAll(expression.terms);
    case 'product':
      return multiplyAll(expression.factors);
    case 'quotient': {
      const rows = rowsOf(expression.top);
      return rows && !rowsOf(expression.bottom)
        ? each(rows, (top) => make.quotient(top, expression.bottom))
        : undefined;
    }
    case 'power': {
      const rows = rowsOf(expression.base);
      const isRow = is.tuple(expression.base) && is.symbol(expression.exponent, 'T');
      return rows && (isRow ? make.matrix(rows) : raise(rows, expression.exponent));
    }
    case 'call': {
      const [only] = expression.operands;
      return is.matrix(only) && /^(det|abs)$/.test(expression.name) && isSquare(only.rows)
        ? determinant(only.rows)
        : undefined;
    }
    default:
      return undefined;
  }
};

const each = (rows: Rows, change: (entry: Expression) => Expression): Expression =>
  make.matrix(rows.map((row) => row.map(change)));

const isSquare = (rows: Rows): boolean => rows.length <= MAX_SIZE && rows.every((row) => row.length === rows.length);

/** Entries that stand in several sums are walked through as often: a product of many matrices is left as it is. */
const isSmall = (expression: Expression): boolean => {
  const open = [expression];
  for (let count = 0; open.length > 0; count++) {
    if (count > MAX_NODES) return false;
    open.push(...childrenOf(open.pop() as Expression));
  }
  return true;
};

const addAll = (terms: readonly Expression[]): Expression | undefined => {
  const parts = terms.map(rowsOf);
  const [first] = parts;
  if (
    !first ||
    parts.some(
      (rows) => rows?.length !== first.length || rows.some((row, index) => row.length !== first[index]?.length),
    )
  )
    return undefined;
  return make.matrix(
    first.map((row, at) => row.map((_, column) => make.sum(parts.map((rows) => rows?.[at]?.[column] ?? number(0))))),
  );
};

const multiplyAll = (factors: readonly Expression[]): Expression | undefined => {
  const scalars: Expression[] = [];
  let total: Rows | undefined;
  for (const factor of factors) {
    const rows = rowsOf(factor);
    if (!rows) scalars.push(factor);
    else if (!total) total = rows;
    else {
      total = multiply(total, rows);
      if (!total) return undefined;
    }
  }
  if (!total || scalars.length === 0) return total && make.matrix(total);
  return each(total, (entry) => make.product([...scalars, entry]));
};

const multiply = (left: Rows, right: Rows): Rows | undefined => {
  if (left.length > MAX_SIZE || right.length > MAX_SIZE || left.some((row) => row.length !== right.length))
    return undefined;
  spendSteps(10 * left.length * right.length);
  if (![...left, ...right].every((row) => row.every(isSmall))) return undefined;
  return left.map((row) =>
    (right[0] ?? []).map((_, column) =>
      make.sum(row.map((entry, index) => make.product([entry, right[index]?.[column] ?? number(0)]))),
    ),
  );
};

const raise = (rows: Rows, exponent: Expression): Expression | undefined => {
  if (is.symbol(exponent, 'T'))
    return make.matrix((rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? number(0))));
  if (!isSquare(rows) || !is.number(exponent) || !isInteger(exponent.value)) return undefined;
  const count = Number(exponent.value.numerator);
  if (count === -1) return invert(rows);
  if (count < 1 || count > MAX_POWER || rows.length > 3) return undefined;
  let total: Rows | undefined = rows;
  for (let turn = 1; turn < count && total; turn++) total = multiply(total, rows);
  return total && make.matrix(total);
};

/** The adjugate over the determinant. */
const invert = (rows: Rows): Expression | undefined => {
  if (rows.length > 3) return undefined;
  const bottom = determinant(rows);
  const cofactor = (row: number, column: number): Expression => {
    const minor = determinant(minorOf(rows, row, column));
    return (row + column) % 2 === 0 ? minor : negative(minor);
  };
  return make.matrix(rows.map((_, at) => rows.map((_, column) => make.quotient(cofactor(column, at), bottom))));
};

const minorOf = (rows: Rows, row: number, column: number): Rows =>
  rows.filter((_, index) => index !== row).map((entries) => entries.filter((_, index) => index !== column));

/** Laplace's expansion along the first row. */
const determinant = (rows: Rows): Expression => {
  spendSteps(10);
  if (rows.length === 0) return number(1);
  const [first = []] = rows;
  if (rows.length === 1) return first[0] ?? number(1);
  return make.sum(
    first.map((entry, column) => {
      const term: Expression = make.product([entry, determinant(minorOf(rows, 0, column))]);
      return column % 2 === 0 ? term : negative(term);
    }),
  );
};
