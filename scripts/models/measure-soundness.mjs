import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkInstruction } from '../../dist/magpie/draw/check-instruction.js';
import { wilsonInterval } from '../../dist/wilson-interval.js';
import { inRoot } from '../prepare/paths.mjs';
import { readLabelled } from './measure-acceptance.mjs';
import { runMathpie } from './run-mathpie.mjs';

/**
 * What `magpie tag --missions soundness` is worth: the model says of each text that the filter accepts and that a person has judged whether it is a sound
 * problem. Sets: the texts of the repository, and with `drawn` those of bench/drawn-labels.json.
 */
export async function measureSoundness({ model, drawn, folder }) {
  const accepted = ({ text }) => checkInstruction({ text, finishReason: 'stop' }) === undefined;
  const own = (name) => JSON.parse(readFileSync(inRoot('src', 'magpie', '__fixtures__', `${name}.json`), 'utf8'));
  const sets = [
    { set: 'Qwen2.5-Coder-1.5B', texts: own('accepted-texts').filter(accepted) },
    { set: 'the same, later', texts: own('accepted-texts-second').filter(accepted) },
    ...(drawn === undefined
      ? []
      : readLabelled(drawn).map(({ set, texts }) => ({ set, texts: texts.filter(accepted) }))),
  ];
  const data = join(folder, `${model.name}-labelled.jsonl`);
  const rows = sets.flatMap(({ set, texts }) =>
    texts.map(({ text }, place) => ({ id: `${set} ${place}`, instruction: text })),
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(data, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  // Other texts are another run
  const run = join(folder, model.name, drawn === undefined ? 'soundness' : 'soundness-drawn');
  const { code } = await runMathpie([
    'magpie',
    'tag',
    '--missions',
    'soundness',
    '--model',
    model.string,
    '--data',
    data,
    '--run',
    run,
  ]);
  if (code !== 0) throw new Error(`mathpie magpie tag ended with ${code}; what it said stands above`);
  const file = readdirSync(run).find((name) => name.endsWith('_tagged.json'));
  const said = new Map(JSON.parse(readFileSync(join(run, file), 'utf8')).map(({ id, soundness }) => [id, soundness]));
  return sets.map(({ set, texts }) =>
    describe(
      set,
      texts.map(({ label }, place) => ({
        isSound: label === 'sound',
        // Where nothing was said, nothing speaks for it
        soundness: said.get(`${set} ${place}`) ?? 0,
      })),
    ),
  );
}

function describe(set, texts) {
  const sound = texts.filter(({ isSound }) => isSound);
  const others = texts.filter(({ isSound }) => !isSound);
  const wins = sound.reduce(
    (sum, one) => sum + others.reduce((more, other) => more + compare(one.soundness, other.soundness), 0),
    0,
  );
  const descending = sound.map(({ soundness }) => soundness).sort((left, right) => right - left);
  const keptAt = (share) => {
    const least = descending[Math.ceil(share * descending.length) - 1];
    const kept = texts.filter(({ soundness }) => soundness >= least);
    const right = kept.filter(({ isSound }) => isSound).length;
    return { least, kept: kept.length, sound: right, interval: wilsonInterval(right, kept.length) };
  };
  return {
    set,
    n: texts.length,
    sound: sound.length,
    auc: wins / (sound.length * others.length),
    mostKept: keptAt(0.9),
    halfKept: keptAt(0.5),
  };
}

const compare = (left, right) => (left > right ? 1 : left === right ? 0.5 : 0);
