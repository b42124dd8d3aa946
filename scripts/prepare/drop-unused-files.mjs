import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Words by which packages name folders and files of a system or a processor, and what Node calls it. */
const systems = new Map([
  ...['linux', 'darwin', 'win32', 'android', 'ios', 'freebsd', 'openbsd', 'sunos'].map((word) => [word, word]),
  ['mac', 'darwin'],
  ['macos', 'darwin'],
  ['win', 'win32'],
]);
const processors = new Map(
  ['x64', 'arm64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64'].map((word) => [word, word]),
);

const isBinary = (name) => /\.(?:node|bare|dylib|dll|exe|so)$/.test(name);
const isSourceMap = (name) => /\.(?:[cm]?[jt]s|css|min)\.map$/.test(name);

/**
 * Takes out of `folder`, a node_modules that our set-up has just filled, what nothing here can use: binaries of other systems and processors, which
 * packages bring for all at once, and source maps. Packages and their package.json stay, so that npm finds all that it installed. Links are not followed: one of them leads to this clone.
 */
export function dropUnusedFiles(folder, { platform = process.platform, arch = process.arch } = {}) {
  const isForeign = (file) => {
    const words = path.relative(folder, file).split(/[\\/._-]/);
    return names(words, systems, platform) || names(words, processors, arch);
  };
  const pending = [folder];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const file = path.join(at, entry.name);
      if (entry.isDirectory()) pending.push(file);
      else if (entry.isFile() && (isSourceMap(entry.name) || (isBinary(entry.name) && isForeign(file)))) rmSync(file);
    }
  }
}

/** Whether the words name others alone: a path that names several, ours among them, is ours too. */
function names(words, known, own) {
  const named = words.map((word) => known.get(word)).filter((word) => word !== undefined);
  return named.length > 0 && !named.includes(own);
}
