// Two slips of tslab 1.0.22 in names of earlier cells: the shorthand `{ model }` is left as it is ("model is not defined"),
// and in `const { size: n } = settings` the field is taken for a variable ("exports.size: n", a syntax error). Both are
// written so that it gets them right: `{ model: model }` and `{ "size": n }`.
const { createRequire } = require('node:module');

const ts = createRequire(require.resolve('tslab/package.json'))('@tslab/typescript-for-tslab');

/** The text of a cell for tslab, and where a place in it stood: `{offset, line, character}`, all from 0. */
exports.rewriteNames = (given) => {
  const insertions = [];
  const quote = (name) => {
    insertions.push({ at: name.getStart(), text: '"' }, { at: name.getEnd(), text: '"' });
  };
  const visit = (node) => {
    if (ts.isShorthandPropertyAssignment(node) && node.objectAssignmentInitializer === undefined) {
      insertions.push({ at: node.name.getEnd(), text: `: ${node.name.text}` });
    } else if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) quote(node.name);
    else if (ts.isBindingElement(node) && node.propertyName && ts.isIdentifier(node.propertyName))
      quote(node.propertyName);
    ts.forEachChild(node, visit);
  };
  visit(parse(given));
  if (insertions.length === 0) return { text: given, toGiven: (place) => place };
  insertions.sort((one, other) => one.at - other.at);
  let text = '';
  let end = 0;
  for (const { at, text: added } of insertions) {
    text += given.slice(end, at) + added;
    end = at;
  }
  text += given.slice(end);
  return { text, toGiven: (place) => placeIn(given, toGivenOffset(insertions, place.offset)) };
};

/** The import declarations of a cell, without what goes wrong in it. */
exports.importsOf = (given) =>
  parse(given)
    .statements.filter((statement) => ts.isImportDeclaration(statement))
    .map((statement) => statement.getText())
    .join('\n');

/** The names that a cell declares at its top, imports included. */
exports.declaredNames = (given) => {
  const names = [];
  const add = (name) => {
    if (name === undefined) return;
    if (ts.isIdentifier(name)) names.push(name.text);
    else for (const element of name.elements) if (element.name) add(element.name);
  };
  for (const statement of parse(given).statements) {
    if (ts.isVariableStatement(statement)) for (const { name } of statement.declarationList.declarations) add(name);
    else if (ts.isImportDeclaration(statement)) {
      const { name, namedBindings } = statement.importClause ?? {};
      add(name);
      if (namedBindings && ts.isNamespaceImport(namedBindings)) add(namedBindings.name);
      else for (const element of namedBindings?.elements ?? []) add(element.name);
    } else add(statement.name);
  }
  return names;
};

const parse = (text) => ts.createSourceFile('cell.ts', text, ts.ScriptTarget.Latest, true);

function toGivenOffset(insertions, offset) {
  let added = 0;
  for (const { at, text } of insertions) {
    if (at + added >= offset) break;
    added += Math.min(text.length, offset - at - added);
  }
  return offset - added;
}

function placeIn(text, offset) {
  const before = text.slice(0, offset).split('\n');
  return { offset, line: before.length - 1, character: before[before.length - 1].length };
}
