import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Completion, LanguageModel } from '../../models/language-model.js';
import { openModel } from '../../models/open-model.js';
import { choosePocketProblems } from '../../problems/pocket/choose-problems.js';
import { loadPromptSet } from '../../prompts/prompt-set.js';
import { withRun } from '../../runs/with-run.js';
import { createGrader, type Grader } from '../create-grader.js';
import { type Evaluation, evaluate, evaluationConfig } from '../evaluate-problems.js';
import { explainRun } from './explain-run.js';
import type { Cause } from './find-cause.js';

// Real answers of pocket, asked once; each fault is then put into one in seven of them, on their way to the evaluation
const problems = choosePocketProblems({ count: 140, seed: 11, split: 'test' });
const promptSet = loadPromptSet('pocket');
const samples = 3;
const folder = mkdtempSync(join(tmpdir(), 'mathpie-faults-'));
const places = new Map(problems.map(({ id }, index) => [id, index]));
const isHit = (index: number): boolean => index % 7 === 3;

let clean: Evaluation;
let model: LanguageModel;
const said = new Map<string, Completion>();

beforeAll(async () => {
  model = await openModel('pocket');
  clean = await run('clean', { keep: (completion) => completion });
}, 600_000);
afterAll(async () => {
  await model.close?.();
  rmSync(folder, { recursive: true });
});

type Fault = {
  readonly keep?: (completion: Completion) => Completion;
  readonly stop?: readonly string[];
  readonly grader?: Grader;
  readonly golds?: (gold: string, index: number) => string;
};

/** An evaluation of what pocket said, with a fault on the way. */
async function run(
  name: string,
  { keep = (completion) => completion, stop, grader, golds = (gold) => gold }: Fault,
): Promise<Evaluation> {
  const faulty: LanguageModel = {
    ...model,
    generate: async function* (requests, options) {
      const asked = requests.filter(({ id }) => !said.has(`${id} 0`));
      if (asked.length > 0) {
        for await (const completion of model.generate(asked, options))
          said.set(`${completion.requestId} ${completion.sample}`, completion);
      }
      for (const { id } of requests) {
        for (let sample = 0; sample < samples; sample += 1) {
          const completion = said.get(`${id} ${sample}`);
          if (completion !== undefined) yield isHit(places.get(id) ?? 0) ? keep(completion) : completion;
        }
      }
    },
  };
  const set = { ...promptSet, ...(stop && { stop }) };
  const asked = problems.map((problem, index) => ({ ...problem, answer: golds(problem.answer ?? '', index) }));
  const task = { model: faulty, problems: asked, promptSet: set, samples, temperature: 0.3, ...(grader && { grader }) };
  const config = evaluationConfig({ ...task, seed: 3 });
  return withRun({ directory: join(folder, name), stage: 'evaluate', config }, (opened) =>
    evaluate({ ...task, run: opened }),
  );
}

const cutAt = (text: string, share: number): string =>
  text.slice(0, Math.max(3, Math.floor(text.length * share))).replace(/[.\s]+$/, '');

const faults: readonly { readonly cause: Cause; readonly fault: Fault }[] = [
  { cause: 'cut', fault: { keep: (done) => ({ ...done, text: cutAt(done.text, 0.4), finishReason: 'length' }) } },
  {
    cause: 'open-thought',
    fault: { keep: (done) => ({ ...done, text: `<think>\n${cutAt(done.text, 0.8)}`, finishReason: 'length' }) },
  },
  { cause: 'stop-word', fault: { keep: (done) => ({ ...done, text: cutAt(done.text, 0.5) }), stop: ['='] } },
  {
    cause: 'template',
    fault: { keep: (done) => ({ ...done, text: `${done.text.replace(/\d/g, '7')}<|im_end|>\n<|im_start|>user\n` }) },
  },
  { cause: 'suspect-gold', fault: { golds: (gold, index) => (isHit(index) ? String(Number(gold) * 3 + 1) : gold) } },
  {
    cause: 'other-grader',
    fault: {
      keep: (done) => ({ ...done, text: done.text.replace(/\\boxed\{(\d+)\}/, '\\boxed{$1.0}') }),
      grader: createGrader({ preset: 'strict' }),
    },
  },
];

describe('six faults put into real answers of pocket', () => {
  it.each(faults)('$cause comes first of what can be mended, within 2 points', async ({ cause, fault }) => {
    const faulty = await run(cause, fault);
    // What the fault itself took: the accuracy of the same answers without it, by the same grader
    const base = fault.grader === undefined ? clean : await run(`${cause}-clean`, { grader: fault.grader });
    const lost = 100 * (base.summary.accuracy - faulty.summary.accuracy);
    const config = evaluationConfig({
      model,
      problems,
      promptSet: { ...promptSet, ...(fault.stop && { stop: fault.stop }) },
      samples,
    });
    const { causes } = explainRun(faulty.rows, { grader: faulty.summary.grader, config });
    const first = causes.find((each) => each.cause !== 'wrong');
    const hit = faulty.rows.filter(({ problem, correct }) => isHit(places.get(problem) ?? 0) && !correct).length;
    const share = (100 * hit) / faulty.rows.length;
    expect(first?.cause).toBe(cause);
    // Every answer that the fault was put into and that is wrong; a strict grader takes only right ones
    const taken = cause === 'other-grader' ? lost : share;
    expect(Math.abs((first?.points ?? 0) - taken)).toBeLessThan(2);
    // An estimate by the answers of the same level: 20 questions vary by 1.5 points or so
    expect(Math.abs((first?.worth ?? 0) - lost)).toBeLessThan(4);
  });
});
