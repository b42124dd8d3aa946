import { ggufTypes } from '../../gpu/export-gguf.js';
import { defineCommand } from '../declare/command.js';
import { choice, requiredText, text } from '../declare/option.js';

export const exportGgufCommand = defineCommand({
  name: 'export gguf',
  summary: 'Write a trained model as one GGUF file, for llama.cpp and our engine on the processor',
  usage: '--model FOLDER --out FILE [--type TYPE]',
  options: {
    model: requiredText({ valueName: 'FOLDER', description: 'a checkpoint of a Llama, such as runs/sft/model' }),
    out: requiredText({ valueName: 'FILE', description: 'the file to write' }),
    type: choice({ description: 'how the weights are written', words: ggufTypes, fallback: 'q8_0' }),
    name: text({ valueName: 'NAME', description: 'what the file calls the model; the folder’s name when left out' }),
  },
  examples: ['mathpie export gguf --model runs/sft/model --out student-taught.gguf'],
  run: async ({ values, terminal, signal }) => {
    const { exportGguf } = await import('../../gpu/export-gguf.js');
    const { hashFile } = await import('../../storage/hash-file.js');
    terminal.note(await exportGguf({ ...values, signal }));
    terminal.row({ file: values.out, type: values.type, sha256: await hashFile(values.out) });
  },
});
