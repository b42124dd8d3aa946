import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packagePath } from '../package-root.js';
import { toPreference } from './to-preference.js';
import { toSft } from './to-sft.js';
import { trainerBlocks } from './trainer-blocks.js';

const grown = { query: 'What is 3 + 4?', response: 'It is 7.', type: 'GSM_SV', original_question: 'Sum?' };
const pair = { instruction: 'What is 3 + 4?', preferred_response: 'It is 7.', rejected_response: 'It is 8.' };
const sets = [
  { file: 'data/sft.jsonl', shape: 'messages', row: toSft(grown, { shape: 'messages' }) },
  { file: 'data/metamath.jsonl', shape: 'metamathqa', row: toSft(grown, { shape: 'metamathqa' }) },
  { file: 'data/pairs.jsonl', shape: 'preference', row: toPreference(pair) },
];
const cases = sets.flatMap((set) => trainerBlocks(set).map((block) => ({ ...set, ...block })));

describe('trainerBlocks()', () => {
  it.each(cases)('$title reads $shape by columns that a row has', ({ file, row, language, code }) => {
    const name = file.replace('data/', '');
    const columns = Object.keys(row);
    if (language === 'json') {
      const { mathpie } = JSON.parse(code);
      expect([name, 'pairs.texts.jsonl']).toContain(mathpie.file_name);
      expect(columns).toEqual(expect.arrayContaining(Object.values(mathpie.columns)));
    } else if (language === 'yaml') {
      const [dataset] = parse(code).datasets;
      expect(dataset).toMatchObject({ path: name, ds_type: 'json' });
      const named = JSON.stringify(dataset).matchAll(/"field_\w+":"(\w+)"/g);
      expect(columns).toEqual(expect.arrayContaining([...named].map(([, column]) => column)));
    } else {
      expect(code).toContain(`data_files="${name}"`);
      const named = [...code.matchAll(/row\["(\w+)"\]/g)].map(([, column]) => column);
      expect(columns).toEqual(expect.arrayContaining(named));
    }
  });

  it('writes nothing for a shape that no trainer was tried with', () => {
    expect(trainerBlocks({ file: 'a.jsonl', shape: 'sharegpt' })).toEqual([]);
  });

  it('stands in docs/publishing.md word for word', () => {
    const page = readFileSync(packagePath('docs', 'publishing.md'), 'utf8');
    const shown = [
      ...trainerBlocks({ file: 'sft.jsonl', shape: 'messages' }),
      ...trainerBlocks({ file: 'pairs.jsonl', shape: 'preference' }),
    ];
    for (const { title, language, code } of shown)
      expect(page).toContain(`${title}:\n\n\`\`\`${language}\n${code}\n\`\`\``);
  });
});
