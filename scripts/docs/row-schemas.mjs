import { SymbolFlags, TypeFlags } from 'typescript/unstable/sync';

/** The rows that have a published shape: the file of schemas/, the type, and where it is declared. */
const rows = [
  ['problem', 'Problem', 'src/problems/problem.ts', 'A line of a data set of problems'],
  ['record', 'RunRecord', 'src/runs/run-record.ts', 'A line of records.jsonl of a run directory'],
  ['augmented-row', 'AugmentedRow', 'src/metamath/augmented-row.ts', 'A row of mathpie augment'],
  ['graded-row', 'GradedRow', 'src/evaluation/graded-row.ts', 'A row of mathpie evaluate'],
  ['magpie-row', 'MagpieRow', 'src/magpie/rows/magpie-row.ts', 'A row of mathpie magpie instruct and respond'],
  ['candidates-row', 'CandidatesRow', 'src/magpie/rows/magpie-row.ts', 'A row of mathpie magpie candidates'],
  ['preference-pair', 'PreferencePair', 'src/magpie/compare/rank-candidates.ts', 'A row of mathpie magpie rank'],
];

/** The JSON Schemas of rows, made from the types of src/ and their docstrings, by file name. Rows may hold more than they name. */
export function rowSchemas({ checker, exportsOf }) {
  return Object.fromEntries(
    rows.map(([name, typeName, file, title]) => {
      const symbol = exportsOf(file).find((each) => each.name === typeName);
      if (symbol === undefined) throw new Error(`Cannot make the schema of ${typeName}: ${file} does not export it`);
      const says = checker.getDocumentationCommentOfSymbol(symbol);
      const schema = schemaOf(checker.getDeclaredTypeOfSymbol(symbol), checker);
      const head = { $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...describe(says) };
      return [`${name}.schema.json`, { ...head, ...schema }];
    }),
  );
}

const describe = (says) => (says === '' ? {} : { description: says.replaceAll(/\s*\n\s*/g, ' ') });

function schemaOf(type, checker) {
  // Any JSON, which names itself
  if (type.getAliasSymbol?.()?.name === 'JsonValue') return {};
  const { flags } = type;
  if (flags & TypeFlags.Union) return schemaOfUnion(type.getTypes(), checker);
  if (flags & (TypeFlags.StringLiteral | TypeFlags.NumberLiteral | TypeFlags.BooleanLiteral))
    return { const: type.value };
  if (flags & TypeFlags.String) return { type: 'string' };
  if (flags & TypeFlags.Number) return { type: 'number' };
  if (flags & TypeFlags.Boolean) return { type: 'boolean' };
  if (flags & TypeFlags.Null) return { type: 'null' };
  if (flags & (TypeFlags.Any | TypeFlags.Unknown)) return {};
  if (checker.isArrayType(type)) {
    return { type: 'array', items: schemaOf(checker.getTypeArguments(type)[0], checker) };
  }
  if (flags & (TypeFlags.Object | TypeFlags.Intersection)) return schemaOfObject(type, checker);
  throw new Error(`Cannot put ${checker.typeToString(type)} into a JSON Schema; teach scripts/docs/row-schemas.mjs`);
}

function schemaOfUnion(types, checker) {
  const given = types.filter(({ flags }) => !(flags & TypeFlags.Undefined));
  const schemas = given.map((type) => schemaOf(type, checker));
  if (schemas.length === 1) return schemas[0];
  if (schemas.some((schema) => Object.keys(schema).length === 0)) return {};
  if (schemas.every((schema) => 'const' in schema || schema.type === 'null')) {
    const values = schemas.map((schema) => ('const' in schema ? schema.const : null));
    const isBoolean = values.length === 2 && values.includes(true) && values.includes(false);
    return isBoolean ? { type: 'boolean' } : { enum: values };
  }
  const merged = mergeBooleans(schemas);
  const isPlain = merged.every((schema) => Object.keys(schema).length === 1 && 'type' in schema);
  if (merged.length === 1) return merged[0];
  return isPlain ? { type: merged.map(({ type }) => type) } : { anyOf: merged };
}

/** The compiler takes a boolean for the union of true and false. */
function mergeBooleans(schemas) {
  const isBoolean = ({ const: value }) => typeof value === 'boolean';
  if (schemas.filter(isBoolean).length < 2) return schemas;
  return [...schemas.filter((schema) => !isBoolean(schema)), { type: 'boolean' }];
}

function schemaOfObject(type, checker) {
  const properties = checker.getPropertiesOfType(type);
  // JSON leaves out what is undefined
  const isThere = (property) =>
    !(property.flags & SymbolFlags.Optional) &&
    !checker
      .getTypeOfSymbol(property)
      .getTypes?.()
      ?.some(({ flags }) => flags & TypeFlags.Undefined);
  const required = properties.filter(isThere).map(({ name }) => name);
  const index = checker.getIndexInfosOfType(type)[0];
  const values = index === undefined ? {} : schemaOf(index.valueType ?? index.type, checker);
  return {
    type: 'object',
    ...(required.length === 0 ? {} : { required }),
    ...(properties.length === 0
      ? {}
      : {
          properties: Object.fromEntries(
            properties.map((property) => {
              const says = checker.getDocumentationCommentOfSymbol(property);
              return [property.name, { ...describe(says), ...schemaOf(checker.getTypeOfSymbol(property), checker) }];
            }),
          ),
        }),
    ...(Object.keys(values).length === 0 ? {} : { additionalProperties: values }),
  };
}
