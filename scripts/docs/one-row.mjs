import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A row of our own in GSM8K's format, in words that pocket was taught. */
const row = {
  question: 'Mia has 14 stickers and buys 9 more. Mia then loses 5 of them. How many stickers does Mia have now?',
  answer: 'Mia has 14 + 9 = <<14+9=23>>23 stickers.\nAfter the loss 23 - 5 = <<23-5=18>>18 are left.\n#### 18',
};

/**
 * docs/one-row.md: the way of one row from its file to a chart, with the value that it has at each station, from commands that were run.
 * `library` is the built package.
 */
export async function oneRowPage(root, library) {
  const folder = mkdtempSync(join(tmpdir(), 'mathpie-one-row-'));
  try {
    return await tellStations(folder, { root, library });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function tellStations(folder, { root, library }) {
  const recording = join(folder, 'completions.jsonl');
  const cache = join(folder, 'cache');
  const mathpie = (command) =>
    execFileSync(process.execPath, [join(root, 'dist', 'cli', 'main.js'), ...command.split(' '), '--quiet'], {
      cwd: folder,
      env: { ...process.env, MATHPIE_RECORD: recording, MATHPIE_REPLAY: '', MATHPIE_CACHE: cache },
    });
  const lines = (file) =>
    readFileSync(join(folder, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const text = `${JSON.stringify(row)}\n`;
  writeFileSync(join(folder, 'row.jsonl'), text);
  const commands = {
    augment: 'augment --technique answers --model pocket --data row.jsonl --seed 1 --run grown',
    export: 'export sft --run grown --out sft.jsonl',
    evaluate: 'evaluate --model pocket --data row.jsonl --run eval',
  };
  mathpie(commands.augment);
  mathpie(commands.export);
  mathpie(commands.evaluate);

  const { problems } = await library.readProblems({ file: join(folder, 'row.jsonl') });
  const set = library.loadPromptSet('pocket');
  const content = library.renderPrompt(set.solve, { name: set.name, values: { question: problems[0].question } });
  const { template } = await library.readModelTemplate('pocket');
  const prompt = library.renderTemplate([{ role: 'user', content }], template);
  const completion = lines('completions.jsonl').find((line) => JSON.stringify(line).includes('"text"'));
  const [sft] = lines('sft.jsonl');
  const summary = JSON.parse(readFileSync(join(folder, 'eval', 'summary.json'), 'utf8'));
  const { data } = library.accuracyBySteps(summary);

  return `${[
    '# The way of one row',
    'One problem from its file to a chart, with the value that it has at each station. `npm run docs` runs the commands on pocket and writes this page; the same bytes come out each time. A test of python-gpu encodes the row of station 7 again and compares the tokens of station 8.',
    station(
      1,
      'A row of a data set',
      'In GSM8K’s format ([datasets.md](datasets.md)); the format is recognised from the fields.',
      text.trim(),
    ),
    station(
      2,
      'A problem',
      '`readProblems` takes the answer out of `#### 18`, and counts the steps where the format tells them.',
      json(problems[0]),
    ),
    station(
      3,
      'A prompt',
      `The words of the prompt set \`pocket@${set.version}\` ([prompts.md](prompts.md)), in the model’s own chat template.`,
      prompt,
      '',
    ),
    station(
      4,
      'A completion',
      command(commands.augment, 'asks the model; this is what it gave back.'),
      json(completion),
    ),
    station(
      5,
      'A record',
      'A line of `grown/records.jsonl`, written as the completion came, graded: the last box holds 18, which is the gold answer in the same text ([grading.md](grading.md)).',
      json(lines('grown/records.jsonl')[0]),
    ),
    station(
      6,
      'A graded row',
      'A line of `grown/graded.jsonl`, and as it is right and no repetition also of `grown/rows.jsonl`.',
      json(lines('grown/graded.jsonl')[0]),
    ),
    station(
      7,
      'A row for training',
      command(commands.export, 'writes the kept rows as chat messages, with a card.'),
      json(sft),
    ),
    station(
      8,
      'Tokens and their mask',
      '`mathpie train sft` with the recipe `sft-pocket` learns the response and the end of its turn, and nothing of the prompt: the loss is a mean over the tokens in brackets.',
      await maskLines(sft, { library, template }),
      '',
    ),
    station(
      9,
      'A summary',
      command(
        commands.evaluate,
        'asks the model the same problem as a test, greedily. One of one is right; its interval (95 %, Wilson) says how little that is. A part of `eval/summary.json`:',
      ),
      json({
        n: summary.n,
        correct: summary.correct,
        accuracy: summary.accuracy,
        interval: summary.interval,
        by: { steps: summary.by.steps },
        rules: summary.rules,
      }),
    ),
    station(10, 'The data of a chart', '`accuracyBySteps(summary)` gives a figure; its first trace:', json(data[0])),
  ].join('\n\n')}\n`;
}

const json = (value) => JSON.stringify(value, null, 2);
const command = (words, says) => `\`mathpie ${words}\` ${says}`;

function station(number, title, says, block, language = 'json') {
  return `## ${number}. ${title}\n\n${says}\n\n\`\`\`${language}\n${block}\n\`\`\``;
}

/** The tokens of a conversation, ten a line: those that the loss counts stand in brackets, with their ids below. */
async function maskLines({ messages: [user, assistant] }, { library, template }) {
  const model = await library.openModel('pocket');
  try {
    const tokens = (text) => model.promptTokens(text);
    const prompt = tokens(library.renderTemplate([user], template));
    const response = tokens(`${assistant.content}${template.endToken}`);
    const all = [...prompt, ...response];
    const isLearnt = (index) => index >= prompt.length;
    const shown = all.map(({ token }, index) => {
      const word = token.replaceAll(' ', '␣').replaceAll('\n', '⏎');
      return isLearnt(index) ? `[${word}]` : word;
    });
    const rows = [];
    for (let first = 0; first < all.length; first += 10) {
      rows.push(shown.slice(first, first + 10).join(' '));
      rows.push(
        `    ${all
          .slice(first, first + 10)
          .map(({ id }) => id)
          .join(' ')}`,
      );
    }
    const learnt = all.length - prompt.length;
    return [...rows, '', `${all.length} tokens, ${learnt} of them learnt`].join('\n');
  } finally {
    await model.close();
  }
}
