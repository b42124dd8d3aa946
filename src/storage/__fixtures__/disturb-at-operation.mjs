// node --import this file … : what goes wrong when a process does something to a file below MATHPIE_DISTURB_ROOT for the n-th time.
//
//   MATHPIE_DISTURB_AT=n     before the n-th operation (open for writing, write, flush, rename, remove, truncate, make a folder) …
//   MATHPIE_DISTURB_HOW=kill …the process gets SIGKILL, in a write when half of the bytes are out
//                      power …the power fails: bytes that were not flushed are cut or read as zeros, the latest renames are undone unless
//                              their folder was flushed, then SIGKILL
//                      full  …and from then on, the disk is full: writes fail with ENOSPC
//   MATHPIE_DISTURB_COUNT=file   how many operations there were is written there when the process ends by itself
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname, resolve } from 'node:path';

const {
  MATHPIE_DISTURB_ROOT: root = '/nowhere',
  MATHPIE_DISTURB_AT: at = '0',
  MATHPIE_DISTURB_HOW: how = 'kill',
  MATHPIE_DISTURB_COUNT: countFile,
} = process.env;
const original = { ...fsp };
const sync = { ...fs };
let count = 0;
/** Of each file that was written: how many bytes of it are on the disk for certain. */
const flushed = new Map();
/** Renames whose folder was not flushed since, with what they wrote over. */
let renames = [];
const isBelow = (path) => typeof path === 'string' && resolve(path).startsWith(resolve(root));

/** True where the operation is to fail. */
function disturb(path, half = () => undefined) {
  if (!isBelow(path)) return false;
  count += 1;
  if (how === 'full') return Number(at) > 0 && count >= Number(at);
  if (count !== Number(at)) return false;
  half();
  if (how === 'power') loseWhatIsNotFlushed();
  process.kill(process.pid, 'SIGKILL');
  // Nothing may happen any more
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
}

function loseWhatIsNotFlushed() {
  // The journal keeps the order of renames: the latest may be lost, and none in the middle
  const lost = Number(at) % (renames.length + 1);
  for (const { from, to, earlier } of renames.slice(renames.length - lost).reverse()) {
    if (sync.existsSync(to)) sync.renameSync(to, from);
    if (earlier !== undefined) sync.writeFileSync(to, earlier);
    if (flushed.has(to)) flushed.set(from, flushed.get(to));
    flushed.delete(to);
  }
  for (const [path, bytes] of flushed) {
    if (!sync.existsSync(path)) continue;
    const { size } = sync.statSync(path);
    if (size <= bytes) continue;
    if (Number(at) % 2 === 0) {
      sync.truncateSync(path, bytes + (Number(at) % 7 === 0 ? 0 : Math.floor((size - bytes) / 2)));
      continue;
    }
    const handle = sync.openSync(path, 'r+');
    // Blocks reach the disk in any order
    const zeros = Math.ceil((size - bytes) / (Number(at) % 3 === 0 ? 1 : 2));
    sync.writeSync(handle, Buffer.alloc(zeros), 0, zeros, bytes);
    sync.closeSync(handle);
  }
}

const full = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 });
const written = (path) => {
  if (!flushed.has(path)) flushed.set(path, 0);
};

fsp.open = async (path, flags = 'r', ...more) => {
  const isWriting = typeof flags === 'string' && /[wa+]/.test(flags);
  if (isWriting && disturb(path) && !sync.existsSync(path)) throw full();
  const before = isWriting && sync.existsSync(path) ? sync.statSync(path).size : 0;
  const handle = await original.open(path, flags, ...more);
  if (!isBelow(path)) return handle;
  if (!isWriting) {
    const flushFolder = handle.sync.bind(handle);
    handle.sync = async () => {
      await flushFolder();
      renames = renames.filter(({ to }) => dirname(to) !== resolve(path));
    };
    return handle;
  }
  const name = resolve(path);
  // What lay there when the process began is old, and on the disk
  if (!flushed.has(name)) flushed.set(name, before);
  const [write, writeFile, truncate] = [
    handle.write.bind(handle),
    handle.writeFile.bind(handle),
    handle.truncate.bind(handle),
  ];
  handle.write = async (data, offset = 0, ...rest) => {
    const half = () => sync.writeSync(handle.fd, data, offset, Math.floor((data.length - offset) / 2));
    if (disturb(path, half)) throw full();
    written(name);
    return write(data, offset, ...rest);
  };
  handle.writeFile = async (data, ...rest) => {
    const half = () => sync.writeSync(handle.fd, data.slice(0, Math.floor(data.length / 2)));
    if (disturb(path, half)) throw full();
    written(name);
    return writeFile(data, ...rest);
  };
  handle.appendFile = handle.writeFile;
  handle.truncate = async (length = 0) => {
    if (disturb(path)) throw full();
    flushed.set(name, Math.min(length, flushed.get(name) ?? 0));
    return truncate(length);
  };
  for (const flush of ['sync', 'datasync']) {
    const own = handle[flush].bind(handle);
    handle[flush] = async () => {
      disturb(path);
      const { size } = await handle.stat();
      await own();
      flushed.set(name, size);
    };
  }
  return handle;
};
fsp.rename = async (from, to) => {
  if (disturb(to)) throw full();
  const earlier = sync.existsSync(to) && sync.statSync(to).isFile() ? sync.readFileSync(to) : undefined;
  await original.rename(from, to);
  renames.push({ from: resolve(from), to: resolve(to), earlier });
  if (flushed.has(resolve(from))) flushed.set(resolve(to), flushed.get(resolve(from)));
  flushed.delete(resolve(from));
};
fsp.rm = async (path, ...more) => {
  // Room may be made on a full disk
  disturb(path);
  flushed.delete(resolve(path));
  return original.rm(path, ...more);
};
fsp.mkdir = async (path, ...more) => {
  if (disturb(path)) throw full();
  return original.mkdir(path, ...more);
};
fsp.writeFile = async (path, data, ...more) => {
  if (disturb(path)) throw full();
  written(resolve(String(path)));
  return original.writeFile(path, data, ...more);
};
syncBuiltinESMExports();

process.on('exit', () => {
  if (countFile !== undefined) sync.writeFileSync(countFile, `${count} ${basename(root)}\n`);
});
