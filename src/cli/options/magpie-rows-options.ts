import { text, texts } from '../declare/option.js';

/** Where the commands that work on finished rows take them from and put them. */
export const magpieRowsOptions = {
  data: texts({
    valueName: 'FILE',
    description: "rows of magpie instruct or a later step, ours or the original's; may be given again",
  }),
  run: text({
    valueName: 'DIR',
    description: 'run directory to take the rows from and to write to, instead of --data',
  }),
  type: text({
    valueName: 'TYPE',
    description: 'type of the file in --run, such as ins_res or ins_5res; the last step when left out',
  }),
  out: text({
    valueName: 'FILE',
    description: 'write the rows here as JSON lines; with --run a file of the run is written instead',
  }),
};
