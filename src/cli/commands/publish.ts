import { defineCommand } from '../declare/command.js';
import { flag, requiredText, text } from '../declare/option.js';

export const publishCommand = defineCommand({
  name: 'publish',
  summary: 'Send an exported set and its card to a hub; says what it would send until --yes is given',
  usage: '--data FILE --repo OWNER/NAME [--yes] [options]',
  options: {
    data: requiredText({
      valueName: 'FILE',
      description: 'what mathpie export or mathpie assemble wrote; its card goes along',
    }),
    repo: requiredText({ valueName: 'OWNER/NAME', description: 'data set repository; made where it is not there' }),
    yes: flag({ description: 'really send; the token is read from HF_TOKEN' }),
    public: flag({ description: 'let everybody read it; without this flag the repository is private' }),
    'hub-url': text({ valueName: 'URL', description: 'another hub than https://huggingface.co' }),
  },
  examples: [
    'mathpie publish --data data/sft.jsonl --repo me/sums',
    'mathpie publish --data data/sft.jsonl --repo me/sums --yes',
  ],
  run: async ({ values, terminal, signal }) => {
    const { planUpload } = await import('../../export/plan-upload.js');
    const plan = await planUpload({
      file: values.data,
      repo: values.repo,
      isPublic: values.public,
      ...(values['hub-url'] === undefined ? {} : { hubUrl: values['hub-url'] }),
    });
    const { repo, hubUrl, visibility, rows, files, card, warnings } = plan;
    terminal.note(`Repository ${repo} at ${hubUrl}, ${visibility}; ${rows} rows`);
    for (const { path, file, bytes } of files) terminal.note(`  ${path}: ${file}, ${bytes} bytes`);
    terminal.note(`The card is ${card}`);
    for (const warning of warnings) terminal.note(`Warning: ${warning}`);
    const summary = {
      repo,
      hubUrl,
      visibility,
      rows,
      files: files.map(({ path, bytes }) => ({ path, bytes })),
      warnings,
    };
    if (!values.yes) {
      terminal.note('Nothing was sent; pass --yes to send it');
      return terminal.row({ ...summary, sent: false });
    }
    const { publish } = await import('../../export/publish.js');
    const done = await publish(plan, { token: process.env.HF_TOKEN, signal, onPhase: terminal.note });
    const { url, commit, uploaded, unchanged } = done;
    if (commit === null) terminal.note(`The hub has all of it already: ${url}`);
    else terminal.note(`Sent ${uploaded.join(', ')} to ${url}`);
    terminal.row({ ...summary, sent: commit !== null, url, commit, uploaded, unchanged });
  },
});
