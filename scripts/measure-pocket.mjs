// Measures pocket, the embedded model, on unseen problems of the grammar: npm run measure:pocket [-- --model M --count N --out F]
// Prints the table of data/pocket/README.md. Answers are graded by src/answers, generated problems are worked out by the grammar.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { extractAnswer } from '../dist/answers/extract/extract-answer.js';
import { gradeResponse } from '../dist/answers/grade/grade-response.js';
import { areaUnderCurve } from '../dist/evaluation/area-under-curve.js';
import { yesProbability } from '../dist/magpie/compare/yes-probability.js';
import { openModel } from '../dist/models/open-model.js';
import { backwardProblems } from '../dist/problems/pocket/backward.js';
import { pocketDocuments } from '../dist/problems/pocket/documents.js';
import { pocketProblems } from '../dist/problems/pocket/generate.js';
import { createRandom } from '../dist/problems/pocket/random.js';
import { recognizePocket } from '../dist/problems/pocket/recognize.js';
import { solveStory, writeAsk, writeStatement } from '../dist/problems/pocket/story.js';
import { wrongSolution } from '../dist/problems/pocket/wrong-solution.js';
import { loadPromptSet } from '../dist/prompts/prompt-set.js';
import { renderPrompt } from '../dist/prompts/render-prompt.js';
import { wilsonInterval } from '../dist/wilson-interval.js';

const { values: options } = parseArgs({
  options: {
    model: { type: 'string', default: 'pocket' },
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    'training-count': { type: 'string', default: '0' },
    'training-seed': { type: 'string', default: '1' },
    out: { type: 'string' },
  },
});
const count = Number(options.count);
const prompts = loadPromptSet('pocket');
const model = await openModel(options.model);
const problems = pocketProblems({ count, seed: Number(options.seed), split: 'test' });
const table = {};

const fill = (kind, values) => renderPrompt(prompts[kind], { name: kind, values });
const ask = async (requests) => {
  const texts = new Map();
  for await (const completion of model.generate(requests)) {
    const list = texts.get(completion.requestId) ?? [];
    list[completion.sample] = completion;
    texts.set(completion.requestId, list);
  }
  return requests.map((request) => texts.get(request.id));
};
const chat = (id, content, sampling = {}, samples = 1) => ({
  id,
  prompt: { messages: [{ role: 'user', content }] },
  samples,
  sampling: { temperature: 0, maxTokens: 380, ...sampling },
});
const share = (correct, n) => {
  const [low, high] = Object.values(wilsonInterval(correct, n));
  return { n, correct, share: correct / n, low, high };
};
const show = (name, value) => {
  table[name] = value;
  const text =
    'share' in value
      ? `${(100 * value.share).toFixed(1)} %  [${(100 * value.low).toFixed(1)}, ${(100 * value.high).toFixed(1)}]  n = ${value.n}`
      : JSON.stringify(value);
  console.log(`${name.padEnd(34)} ${text}`);
};
const grade = (gold, completion) => gradeResponse({ gold, response: completion.text }).equivalent;

// Solving, at temperature 0.
const began = Date.now();
const solved = await ask(problems.map(({ id, question }) => chat(id, fill('solve', { question }))));
const right = problems.map((problem, i) => grade(problem.answer, solved[i][0]));
const tokens = solved.reduce((sum, [completion]) => sum + completion.completionTokens, 0);
show('solve, all', share(right.filter(Boolean).length, count));
for (const field of ['level', 'subject']) {
  for (const value of [...new Set(problems.map((problem) => problem[field]))].sort()) {
    const chosen = right.filter((_, i) => problems[i][field] === value);
    show(`solve, ${field} ${value}`, share(chosen.filter(Boolean).length, chosen.length));
  }
}
console.log(`${Math.round(tokens / ((Date.now() - began) / 1000))} tokens/s`);

// Fresh problems after the bare user header, at temperature 1.
const raw = model.preQuery();
const [fresh] = await ask([
  { id: 'free', prompt: { raw }, samples: count, sampling: { temperature: 1, topP: 0.95, maxTokens: 300, seed: 1 } },
]);
const recognized = fresh.map((completion) =>
  completion.finishReason === 'stop' ? recognizePocket(completion.text) : undefined,
);
show('free generations well-formed', share(recognized.filter(Boolean).length, count));
const known = new Set();
const training = Number(options['training-count']);
for (const { task, user } of pocketDocuments({
  count: training,
  seed: Number(options['training-seed']),
  prompt: (task, values) => (task === 'solve' ? values.question : ''),
}))
  if (task === 'solve') known.add(user);
const texts = new Set();
const isNew = fresh.map(({ text }, i) => recognized[i] && !known.has(text) && !texts.has(text) && texts.add(text));
show(
  `free generations new and well-formed${training ? '' : ' (training texts not compared)'}`,
  share(isNew.filter(Boolean).length, count),
);

// Rephrasing.
const numbers = (text) => (text.match(/\d+(\.\d+)?/g) ?? []).sort().join();
const rephrased = await ask(
  problems.map(({ id, question }) => chat(id, fill('rephrase', { question }), { temperature: 0.7, seed: 1 })),
);
const kept = problems.map(
  ({ question }, i) => numbers(question) === numbers(rephrased[i][0].text) && question !== rephrased[i][0].text,
);
const same = problems.map(({ answer }, i) => recognizePocket(rephrased[i][0].text)?.answer === answer);
show(
  'rephrasings keep every number',
  share(problems.filter(({ question }, i) => numbers(question) === numbers(rephrased[i][0].text)).length, count),
);
show('rephrasings new, same problem', share(kept.filter((keep, i) => keep && same[i]).length, count));

// Statements and backward problems.
const stories = problems.map((problem) => recognizePocket(problem.question).story);
const statements = await ask(
  problems.map(({ id, answer }, i) => chat(id, fill('statement', { question: writeAsk(stories[i]), answer }))),
);
show(
  'statements exact',
  share(statements.filter(([c], i) => c.text === writeStatement(stories[i], problems[i].answer)).length, count),
);
const backward = stories.flatMap((story, i) =>
  backwardProblems(story)
    .slice(0, 1)
    .map((task) => ({ id: problems[i].id, ...task })),
);
const undone = await ask(
  backward.map(({ id, masked, known }) => chat(id, fill('backward-fobar', { masked, answer: known }))),
);
show('FOBAR solved', share(backward.filter(({ answer }, i) => grade(answer, undone[i][0])).length, backward.length));

// Judging its own sampled solutions.
const sampled = await ask(
  problems.map(({ id, question }) => chat(id, fill('solve', { question }), { temperature: 0.8, seed: 2 }, 2)),
);
const candidates = problems.flatMap((problem, i) =>
  sampled[i].map((completion) => ({ problem, completion, label: grade(problem.answer, completion) })),
);
const verdicts = await ask(
  candidates.map(({ problem, completion }, i) =>
    chat(`${i}`, fill('judge', { question: problem.question, solution: completion.text }), {
      maxTokens: 1,
      topLogProbabilities: 10,
    }),
  ),
);
const scored = candidates.map(({ label }, i) => ({
  label,
  score: yesProbability(verdicts[i][0].firstToken ?? []) ?? 0,
}));
const auc = (rows) => {
  const { auc, interval, positiveCount, negativeCount } = areaUnderCurve(rows);
  return { auc, interval, positiveCount, negativeCount };
};
show('judge AUC, own samples', auc(scored));

// Judging solutions of the grammar: the right one, and one with an error in it.
const random = createRandom('measure');
const given = stories.flatMap((story, i) => {
  const right = solveStory(story);
  const wrong = wrongSolution(random, story, right);
  return wrong
    ? [
        { i, label: true, text: right.solution },
        { i, label: false, text: wrong.solution },
      ]
    : [];
});
const opinions = await ask(
  given.map(({ i, text }, k) =>
    chat(`${k}`, fill('judge', { question: problems[i].question, solution: text }), {
      maxTokens: 1,
      topLogProbabilities: 10,
    }),
  ),
);
show(
  'judge AUC, wrong solutions of the grammar',
  auc(given.map(({ label }, k) => ({ label, score: yesProbability(opinions[k][0].firstToken ?? []) ?? 0 }))),
);
show('sampled at 0.8, right', share(candidates.filter(({ label }) => label).length, candidates.length));
show('no answer found', share(solved.filter(([c]) => !extractAnswer(c.text)).length, count));
if (options.out) writeFileSync(options.out, `${JSON.stringify(table, null, 1)}\n`);
await model.close();
