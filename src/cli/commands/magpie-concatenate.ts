import { formatReasons } from '../../steps/format-reasons.js';
import { defineCommand } from '../declare/command.js';
import { choice, integer, requiredText, text, texts } from '../declare/option.js';

export const magpieConcatenate = defineCommand({
  name: 'magpie concatenate',
  summary: 'Join files into one set: ShareGPT conversations, preference rows, or rows as they are',
  usage: '--data FILE [--data FILE …] --out FILE [options]',
  options: {
    data: texts({ valueName: 'FILE', description: "rows of any step, ours or the original's; may be given again" }),
    out: requiredText({ valueName: 'FILE', description: 'JSON lines' }),
    shape: choice({
      description: 'sharegpt: conversations; dpo: pairs of magpie rank; rows: as they are',
      words: ['sharegpt', 'dpo', 'rows'],
      fallback: 'sharegpt',
    }),
    thinking: choice({
      description: 'what a model thought before an answer: left out, or written in front of it',
      words: ['drop', 'keep'],
      fallback: 'drop',
    }),
    target: text({
      valueName: 'MODEL',
      description:
        'the model to be trained, or a family of configs/thinking.json: its marks are written (default <think>)',
    }),
    'id-prefix': text({
      valueName: 'NAME',
      description: 'conversations are called NAME_0, NAME_1, … (default Magpie)',
    }),
    'start-id': integer({ description: 'number of the first conversation', fallback: 0, minimum: 0 }),
  },
  examples: [
    'mathpie magpie concatenate --data a_ins_res.json --data b_ins_res.json --id-prefix Pocket --out sharegpt.jsonl',
    'mathpie magpie concatenate --data Magpie_pocket_200_1_Align.json --shape dpo --out dpo.jsonl',
  ],
  run: async ({ values, terminal }) => {
    const { concatenateFiles } = await import('../../magpie/rows/concatenate-files.js');
    const { writeJsonl } = await import('../../storage/write-jsonl.js');
    const { chooseThinking } = await import('../../prompts/keep-thinking.js');
    const { rows, counts } = concatenateFiles({
      thinking: chooseThinking(values),
      files: values.data,
      shape: values.shape,
      startId: values['start-id'],
      ...(values['id-prefix'] === undefined ? {} : { idPrefix: values['id-prefix'] }),
    });
    await writeJsonl({ file: values.out, rows });
    const { written, dropped, badTags, files, generators } = counts();
    terminal.note(
      `Wrote ${written} rows of ${values.data.length} files to ${values.out}${formatReasons(dropped, 'dropped: ')}${formatReasons(badTags, 'tags in no list: ')}`,
    );
    terminal.row({ stage: 'concatenate', written, dropped, badTags, generators, files, file: values.out });
  },
});
