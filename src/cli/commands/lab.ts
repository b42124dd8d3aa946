import { defineCommand } from '../declare/command.js';
import { runScript } from '../run-script.js';

export const lab = defineCommand({
  name: 'lab',
  summary: 'Open JupyterLab with the kernel installed',
  usage: '',
  options: {},
  examples: ['mathpie lab'],
  run: async () => runScript('lab.mjs', []),
});
