import { expect, it } from 'vitest';
import type { Output } from './kernel.js';
import { showFrame } from './show-frame.js';
import { showTable } from './table.js';

it('showFrame(rows) shows a table and gives the frame, of which parts are shown as tables again', async () => {
  const shown: Output[] = [];
  const screen = { isNotebook: false, show: (output: Output) => void shown.push(output) };
  const rows = [
    { level: 1, accuracy: 0.25, interval: [0.1, 0.5], good: true, notes: ['a'] },
    { level: 1, accuracy: 0.75, interval: [0.5, 0.9], good: false, notes: ['b'] },
  ];
  const frame = await showFrame(rows, {}, screen);
  await showTable(frame.groupby(['level']).col(['accuracy']).mean(), {}, screen);
  expect(shown.map(({ data }) => data['text/plain'])).toEqual([
    'level  accuracy  low    high   good\n1      25.0%     10.0%  50.0%  yes\n1      75.0%     50.0%  90.0%  no',
    'level  accuracy_mean\n1      50.0%',
  ]);
});
