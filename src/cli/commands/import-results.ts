import { InputError } from '../../errors.js';
import { formatAccuracy, formatBreakdown } from '../../evaluation/format-accuracy.js';
import type { EvaluationSummary } from '../../evaluation/summarize.js';
import { formatCount } from '../../steps/format-count.js';
import { defineCommand } from '../declare/command.js';
import { choice, text } from '../declare/option.js';
import { policyOption, runOption, skipBadOption } from '../options/shared-options.js';

const field = (description: string) => text({ valueName: 'FIELD', description });

export const importCommand = defineCommand({
  name: 'import',
  summary: 'Read the results of another harness, grade them anew, and list every changed verdict',
  usage: 'FILE… --run DIR [--question FIELD] [--gold FIELD] [--response FIELD] [--correct FIELD]',
  positionals: ['FILE…'],
  options: {
    run: runOption,
    question: field('of rows of any shape: the question; a dot goes into an object'),
    gold: field('of rows of any shape: the right answer, or a list of them'),
    response: field('of rows of any shape: the whole text of the answer'),
    correct: field('the verdict: a field of rows of any shape, or one of the several that a harness gave'),
    id: field('of rows of any shape: what tells questions apart; id, else the question, when left out'),
    data: text({
      valueName: 'FILE',
      description: 'problems by id, for results that hold no question or gold answer (OpenAI Batch)',
    }),
    only: text({ valueName: 'FIELD=VALUE', description: 'only rows with this value, such as those of one model' }),
    preset: choice({
      description: 'the grader',
      words: ['mathpie', 'metamath-gsm8k', 'metamath-math', 'hendrycks', 'strict'],
      fallback: 'mathpie',
    }),
    policy: policyOption,
    'skip-bad': skipBadOption,
  },
  examples: [
    'mathpie import samples_gsm8k_2026-05-01T10-00-00.jsonl results_2026-05-01T10-00-00.json --run runs/harness',
    'mathpie import logs/2026-05-01_math.eval --run runs/inspect',
    'mathpie import answers.csv --question problem --gold solution --response output --run runs/mine',
  ],
  run: async ({ values, positionals: files, terminal, signal }) => {
    const { importEach } = await import('../../evaluation/upstream/import-results.js');
    const { parseOnly } = await import('../../evaluation/upstream/only-rows.js');
    const { 'skip-bad': skipBad, only, run, preset, policy, question, gold, response, correct, id, data } = values;
    if (policy !== undefined && preset !== 'mathpie') {
      throw new InputError(`Cannot import: preset ${preset} has no policies; leave out --policy or --preset`);
    }
    const { harness, summary, bad, otherVerdicts } = await importEach(files, {
      ...{ run, preset, question, gold, response, correct, id, data, skipBad, signal },
      ...(policy && { policy }),
      ...(only !== undefined && { only: parseOnly(only) }),
      onNote: terminal.note,
    });
    const [line = '', ...parts] = formatBreakdown(summary);
    const { n } = summary;
    const whose = modelOf(summary);
    const isNamed = harness === 'named fields';
    if (isNamed) terminal.note(`Read by the names of fields: ${formatCount(n)} answers`);
    else terminal.note(`Recognised ${harness}${whose}: ${formatCount(n)} answers`);
    if (otherVerdicts.length > 0) {
      const taken = summary.upstream?.verdict;
      terminal.note(`Took the verdict ${taken}; choose another with --correct: ${otherVerdicts.join(', ')}`);
    }
    for (const { file, line, reason } of bad.slice(0, 10)) terminal.note(`Skipped ${file}:${line}: ${reason}`);
    if (bad.length > 10) terminal.note(`Skipped ${formatCount(bad.length - 10)} more rows`);
    terminal.note(line);
    for (const part of parts) terminal.note(part);
    for (const said of describeUpstream(summary)) terminal.note(said);
    terminal.row({ ...summary, skipped: bad.length });
    if (n > 0) return 0;
    terminal.fail('Nothing was imported: no row holds an answer that could be graded; the reasons are above');
    return 1;
  },
});

const modelOf = ({ upstream }: EvaluationSummary): string =>
  upstream?.model === undefined ? '' : ` of ${upstream.model}`;

/** The harness's own accuracy, counted from its rows, beside what it reports. */
function describeUpstream({ upstream, second, by }: EvaluationSummary): string[] {
  if (upstream === undefined) return ['The files hold no verdicts of the harness'];
  const { harness, verdict, reported = [] } = upstream;
  const lines = second === undefined ? [`${formatAccuracy(upstream)} by ${harness} ${verdict}`] : [];
  const tasks = new Set(by.task?.map(({ value }) => String(value)));
  for (const { task, metric, value } of reported.filter(({ metric }) => metric === verdict)) {
    if (tasks.size > 0 && !tasks.has(task)) continue;
    lines.push(`${harness} reports ${(100 * value).toFixed(2)} % for ${task} (${metric})`);
  }
  if (second !== undefined && second.disagreements > 0) {
    lines.push(`Changed verdicts, each with its reason: disagreements.jsonl (${formatCount(second.disagreements)})`);
  }
  return lines;
}
