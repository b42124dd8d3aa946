import './prepare/check-node.mjs';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { keepResult } from './models/keep-result.mjs';
import { measureAcceptance } from './models/measure-acceptance.mjs';
import { measureGsm8k, measureMetamath } from './models/measure-answers.mjs';
import { measureMagpie, samplings } from './models/measure-magpie.mjs';
import { measureSoundness } from './models/measure-soundness.mjs';
import { measureSpeed } from './models/measure-speed.mjs';
import { describeLacking, findRealModels, realModels, requireSome } from './models/real-models.mjs';
import { writePage } from './models/write-page.mjs';
import { runMain, SetupError } from './prepare/setup-error.mjs';

const parts = ['speed', 'magpie', 'soundness', 'gsm8k', 'metamath'];
const help = `npm run measure:models [-- OPTIONS]

Measures small real models through the whole product, prints the tables of docs/models.md, and keeps what has ended: the same command goes on.

Options:
  --models DIR             The folder with the GGUF files (default MATHPIE_GGUF_FOLDER, or models)
  --model NAMES            Of ${realModels.map(({ name }) => name).join(', ')} (default all)
  --only PARTS             Of ${parts.join(', ')} (default all)
  --gsm8k DIR              GSM8K's train.jsonl and test.jsonl, as openai/grade-school-math publishes them (default gsm8k)
  --questions N            Test questions of GSM8K (default 200)
  --max-tokens N           Tokens of an answer (default 512)
  --draws N                Texts of each sampling of Magpie (default 60)
  --metamath N             Questions for MetaMath's techniques (default 20)
  --prompts N              Questions at once, for the speed (default 16)
  --rounds N               Rounds of the speed (default 3)
  --llama-server COMMAND   llama.cpp's own server, measured beside the embedded engine
  --drawn FILE             The texts of bench/drawn-labels.json, which says where they are published
  --out DIR                What has ended (default runs/measure-models)
  --write                  Put the tables into docs/models.md; what was not measured stays as it is
  --help                   Show this help
`;
const options = readOptions();
function readOptions() {
  try {
    return parseArgs({
      options: {
        models: { type: 'string', default: process.env.MATHPIE_GGUF_FOLDER ?? 'models' },
        model: { type: 'string', default: realModels.map(({ name }) => name).join(',') },
        only: { type: 'string', default: parts.join(',') },
        gsm8k: { type: 'string', default: 'gsm8k' },
        questions: { type: 'string', default: '200' },
        'max-tokens': { type: 'string', default: '512' },
        draws: { type: 'string', default: '60' },
        metamath: { type: 'string', default: '20' },
        prompts: { type: 'string', default: '16' },
        rounds: { type: 'string', default: '3' },
        drawn: { type: 'string' },
        'llama-server': { type: 'string' },
        out: { type: 'string', default: 'runs/measure-models' },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    process.stderr.write(
      `Cannot measure models: ${error.message.split('.')[0]}; see npm run measure:models -- --help\n`,
    );
    process.exit(1);
  }
}
const count = (name) => {
  const value = Number(options[name]);
  if (!(Number.isInteger(value) && value > 0)) {
    throw new SetupError(`Cannot measure models: --${name} is "${options[name]}"; give a whole number from 1`);
  }
  return value;
};

const tell = (model, what) => process.stderr.write(`${model.name}: ${what}\n`);

const measure = {
  speed: ({ model, out }) => {
    const server = options['llama-server'];
    const settings = { prompts: count('prompts'), rounds: count('rounds'), server: server !== undefined };
    if (server === undefined) tell(model, "speed without a peer: name llama.cpp's own server by --llama-server");
    return keepResult(join(out, model.name, 'speed.json'), settings, async () => {
      tell(model, `speed, ${settings.prompts} prompts at once, ${settings.rounds} rounds`);
      const prompts = readQuestions('test.jsonl', settings.prompts);
      return await measureSpeed({ model, prompts, rounds: settings.rounds, atOnce: prompts.length, server });
    });
  },
  magpie: async ({ model, out }) => {
    const rows = [];
    for (const sampling of samplings) {
      tell(model, `Magpie, ${sampling.title}, ${count('draws')} texts`);
      const made = await measureMagpie({ model, sampling, draws: count('draws'), folder: out });
      rows.push({ sampling: sampling.title, ...made });
    }
    return rows;
  },
  soundness: ({ model, out }) => {
    const settings = { drawn: options.drawn ?? null };
    return keepResult(join(out, model.name, 'soundness.json'), settings, () => {
      tell(model, 'whether it tells sound problems among texts that a person has judged');
      return measureSoundness({ model, drawn: options.drawn && resolve(options.drawn), folder: out });
    });
  },
  gsm8k: ({ model, out }) => {
    const settings = { questions: count('questions'), maxTokens: count('max-tokens') };
    return keepResult(join(out, model.name, 'gsm8k.json'), settings, () => {
      tell(model, `GSM8K, the first ${settings.questions} test questions, greedy, ${settings.maxTokens} tokens`);
      return measureGsm8k({ model, file: gsm8kFile('test.jsonl'), ...settings, folder: out });
    });
  },
  metamath: ({ model, out }) => {
    const settings = { questions: count('metamath') };
    return keepResult(join(out, model.name, 'metamath.json'), settings, () => {
      tell(model, `MetaMath's four techniques on ${settings.questions} questions of GSM8K`);
      return measureMetamath({ model, file: gsm8kFile('train.jsonl'), ...settings, folder: out });
    });
  },
};

const gsm8kFile = (name) => join(resolve(options.gsm8k), name);

function readQuestions(name, wanted) {
  let text;
  try {
    text = readFileSync(gsm8kFile(name), 'utf8');
  } catch {
    throw new SetupError(
      `Cannot read ${gsm8kFile(name)}: GSM8K's ${name} as openai/grade-school-math publishes it is needed; put it there or name its folder by --gsm8k`,
    );
  }
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.slice(0, wanted).map((line) => JSON.parse(line).question);
}

/**
 * `npm run measure:models [-- --models DIR --gsm8k DIR --model smollm2,qwen --only magpie --questions 50 --draws 30 --llama-server COMMAND --write]`: small
 * real models through the whole product: tokens a second beside llama.cpp's own server, Magpie's yield at five samplings, whether a model tells sound problems, GSM8K, MetaMath's four techniques.
 * What has ended is kept in `--out` and not measured again; a measurement that was stopped goes on in its run directory.
 */
runMain(async () => {
  if (options.help) {
    process.stdout.write(help);
    return;
  }
  const folder = resolve(options.models);
  const out = resolve(options.out);
  const wanted = options.only.split(',').filter((part) => part !== '');
  const unknown = wanted.find((part) => !parts.includes(part));
  if (unknown !== undefined) throw new SetupError(`Cannot measure "${unknown}": choose from ${parts.join(', ')}`);
  const models = findRealModels({ folder, names: options.model.split(',') });
  if (wanted.length > 0) requireSome(models, folder);
  const results = [];
  for (const model of models.found) {
    const result = { model: model.title };
    for (const part of wanted) result[part] = await measure[part]({ model, out });
    results.push(result);
  }
  const acceptance = options.drawn === undefined ? undefined : measureAcceptance(resolve(options.drawn));
  const page = writePage({ results, acceptance, isWritten: options.write });
  process.stdout.write(`${page}\n`);
  for (const line of describeLacking(models.lacking, folder)) process.stderr.write(`${line}\n`);
});
