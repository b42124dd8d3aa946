import { expect, it } from 'vitest';
import { describeFiles } from './describe-files.js';

it.each([
  ['magpie/Magpie_pocket_96_1763856000_ins.json', 'problems drawn from the model'],
  ['magpie/Magpie_pocket_96_1763856000_ins_8res_judged.json', 'candidates with the scores of the judge'],
  ['records.jsonl', 'every call of the model'],
  ['sft/sft.jsonl.export.json', 'rows and checksum of a set, for publishing'],
  ['runs/all/dpo.jsonl', 'set for preference tuning'],
  ['notes.txt', ''],
])('describeFiles() knows %s', (path, holds) => {
  expect(describeFiles([{ path, bytes: 1250 }])).toEqual([{ path, holds, KB: 1.3 }]);
});
