import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDrawnText } from '../../dist/magpie/draw/read-drawn-text.js';
import { wilsonInterval } from '../../dist/wilson-interval.js';
import { inRoot } from '../prepare/paths.mjs';

/**
 * What the filter of drawn texts makes of those that a person has judged (bench/drawn-labels.json, which has their hashes and says where the
 * texts are published). `folder` holds them, as files of rows with `instruction`, however deep.
 */
export function measureAcceptance(folder) {
  const texts = readTexts(folder);
  const { sets } = JSON.parse(readFileSync(inRoot('bench', 'drawn-labels.json'), 'utf8'));
  return sets.map(({ set, temperature, labels, isCut = false }) => {
    const count = { read: 0, accepted: 0 };
    const by = Object.fromEntries(Object.keys(labels).map((label) => [label, { ...count }]));
    for (const [label, hashes] of Object.entries(labels)) {
      for (const hash of hashes) {
        const text = texts.get(hash);
        if (text === undefined) continue;
        by[label].read += 1;
        const { fault } = readDrawnText(text, { finishReason: 'stop', cutsAnswers: isCut });
        if (fault === undefined) by[label].accepted += 1;
      }
    }
    const sum = (field, names) => names.reduce((total, name) => total + by[name][field], 0);
    const all = sum('accepted', Object.keys(labels));
    const whole = ['sound', 'faulty'];
    return {
      set,
      temperature,
      read: sum('read', Object.keys(labels)),
      wholeRead: sum('read', whole),
      accepted: all,
      whole: sum('accepted', whole),
      interval: wilsonInterval(sum('accepted', whole), all),
      sound: by.sound.accepted,
      soundRead: by.sound.read,
    };
  });
}

/** The judged texts of `folder` that were taken as they stand, set by set, each with its label. */
export function readLabelled(folder) {
  const texts = readTexts(folder);
  const { sets } = JSON.parse(readFileSync(inRoot('bench', 'drawn-labels.json'), 'utf8'));
  const whole = sets.filter(({ isCut = false }) => !isCut);
  return whole.map(({ set, labels }) => ({
    set,
    texts: Object.entries(labels).flatMap(([label, hashes]) =>
      hashes.flatMap((hash) => (texts.has(hash) ? [{ label, text: texts.get(hash) }] : [])),
    ),
  }));
}

/** Each text by the hash that the labels name it by. */
function readTexts(folder) {
  const texts = new Map();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('_ins.json')) continue;
    for (const { instruction } of JSON.parse(readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8'))) {
      texts.set(createHash('sha256').update(instruction).digest('hex').slice(0, 12), instruction);
    }
  }
  return texts;
}
