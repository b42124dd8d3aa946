import { join } from 'node:path';
import { API } from 'typescript/unstable/sync';

/**
 * The compiler's own view of src/: its types and docstrings. The interface is called unstable: package-lock.json pins the compiler, and
 * the tests of what is made with it tell when a newer one says something else. `close` ends the compiler's process.
 */
export function openChecker(root) {
  const api = new API({ cwd: root });
  const project = api.updateSnapshot({ openProjects: [join(root, 'tsconfig.json')] }).getProjects()[0];
  const { checker, program } = project;
  const exportsOf = (file) => {
    const symbol = checker.getSymbolAtLocation(program.getSourceFile(join(root, file)));
    return checker.getExportsOfModule(symbol);
  };
  return { checker, program, project, exportsOf, close: () => api.close() };
}
