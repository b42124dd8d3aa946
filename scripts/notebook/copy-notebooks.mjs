import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { home, inRoot } from '../prepare/paths.mjs';
import { listNotebooks } from './list-notebooks.mjs';

/**
 * Working copies of the committed notebooks, so that running one leaves the clone as it was and `git pull` goes on. A copy that
 * somebody has run or changed stays; one that is as it was made follows its original. Returns their folder.
 */
export function copyNotebooks({ from = inRoot('notebooks'), to = path.join(home, 'runs', 'notebooks') } = {}) {
  mkdirSync(to, { recursive: true });
  const stampFile = path.join(to, '.copied.json');
  const stamps = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {};
  for (const name of listNotebooks(from)) {
    const copy = path.join(to, name);
    const isTheirs = existsSync(copy) && stamps[name] !== hash(readFileSync(copy, 'utf8'));
    if (isTheirs) continue;
    const text = relink(readFileSync(path.join(from, name), 'utf8'), path.relative(to, from));
    if (!existsSync(copy) || readFileSync(copy, 'utf8') !== text) writeFileSync(copy, text);
    stamps[name] = hash(text);
  }
  writeFileSync(stampFile, `${JSON.stringify(stamps, null, 2)}\n`);
  return to;
}

/** Links to files beside the original, and above it, from where the copy lies. */
const relink = (text, way) => text.replace(/\]\((?!https?:|#|\/|attachment:)/g, `](${way.replaceAll(path.sep, '/')}/`);

const hash = (text) => createHash('sha256').update(text).digest('hex');
