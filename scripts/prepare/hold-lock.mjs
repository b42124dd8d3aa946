import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const pollMs = 500;
const graceMs = 5000;

/** One preparation at a time in a clone: a second one waits, then finds that nothing is left to do. */
export async function holdLock(file, work, { write = (line) => process.stderr.write(`${line}\n`) } = {}) {
  mkdirSync(path.dirname(file), { recursive: true });
  let told = false;
  while (!take(file)) {
    if (!told) write('  Another start is preparing this folder; waiting for it …');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!isAbandoned(file)) return false;
  rmSync(file, { force: true });
  return take(file);
}

function isAbandoned(file) {
  try {
    const owner = Number.parseInt(readFileSync(file, 'utf8'), 10);
    // A lock without a number is one being written this moment, or one that was never finished.
    return owner > 0 ? !isAlive(owner) : Date.now() - statSync(file).mtimeMs > graceMs;
  } catch {
    return false; // its owner has just removed it
  }
}

function isAlive(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM'; // somebody else's, and alive
  }
}
