import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diversityTable } from '../../dist/analysis/diversity-table.js';
import { instruct } from '../../dist/magpie/draw/instruct.js';
import { judgeInstructions } from '../../dist/magpie/draw/judge-instructions.js';
import { readDrawnText } from '../../dist/magpie/draw/read-drawn-text.js';
import { wilsonInterval } from '../../dist/wilson-interval.js';
import { runMathpie } from './run-mathpie.mjs';

/** How texts are drawn: the settings of Magpie's own scripts, the fork's, and two ways to make them surer. */
export const samplings = [
  { name: 't07', title: 'temperature 0.7', words: ['--temperature', '0.7'] },
  { name: 't10', title: 'temperature 1', words: ['--temperature', '1'] },
  {
    name: 't10-word',
    title: 'temperature 1, task word-problem',
    words: ['--temperature', '1', '--task', 'word-problem'],
  },
  { name: 't12-minp', title: 'temperature 1.2, min-p 0.1', words: ['--temperature', '1.2', '--min-p', '0.1'] },
  { name: 't12', title: 'temperature 1.2', words: ['--temperature', '1.2'] },
];

const leastLikelihood = instruct.settings.leastLikelihood.fallback;

/** Draws `draws` texts and says what the filter of today makes of them, whatever it was when they were drawn. */
export async function measureMagpie({ model, sampling, draws, folder }) {
  const run = join(folder, model.name, 'magpie', sampling.name);
  if (readDraws(run).length < draws) {
    const most = ['--count', draws, '--max-draws', draws, '--max-tokens', 256, '--seed', 1].map(String);
    await runMathpie(['magpie', 'instruct', '--model', model.string, ...most, ...sampling.words, '--run', run]);
  }
  const records = readDraws(run).slice(0, draws);
  if (records.length < draws) throw new Error(`Only ${records.length} of ${draws} texts were drawn in ${run}`);
  return describeDraws(records);
}

function describeDraws(records) {
  const judged = records.map((record) => {
    const text = [record.instruction ?? '', ...(record.cut === undefined ? [] : [record.cut])].join('\n');
    const read = readDrawnText(text, { finishReason: record.finishReason, cutsAnswers: true });
    // Of a text that is cut now and was not then, the likelihood is that of the whole
    const fault = read.fault ?? (record.meanLogProbability < leastLikelihood ? 'unlikely' : undefined);
    return { ...record, ...read, status: fault === undefined ? 'done' : 'failed', reason: fault };
  });
  const { accepted, candidates } = judgeInstructions(judged, {
    quotas: new Map([
      ['', judged.length],
      ['word-problem', judged.length],
    ]),
  });
  const defects = {};
  for (const { verdict, reason } of candidates)
    if (verdict === 'rejected') defects[reason] = (defects[reason] ?? 0) + 1;
  const [row] = diversityTable(accepted.map(({ instruction }) => ({ text: instruction })));
  return {
    n: records.length,
    kept: accepted.length,
    cut: accepted.filter(({ cut }) => cut !== undefined).length,
    interval: wilsonInterval(accepted.length, records.length),
    tokens: records.reduce((sum, { completionTokens = 0 }) => sum + completionTokens, 0),
    patterns: row?.patterns ?? 0,
    distinct3: row?.distinct3 ?? null,
    defects: Object.fromEntries(Object.entries(defects).sort(([, left], [, right]) => right - left)),
  };
}

/** In the order of the draws, each once. */
function readDraws(run) {
  const file = join(run, 'records.jsonl');
  if (!existsSync(file)) return [];
  const records = new Map();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (!line.endsWith('}')) continue;
    const record = JSON.parse(line);
    if (record.stage === 'instruct') records.set(record.input, record);
  }
  const number = ({ input }) => Number(input.slice(input.lastIndexOf('-') + 1));
  return [...records.values()].sort((left, right) => number(left) - number(right));
}
