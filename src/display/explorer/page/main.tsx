/** The script of the explorer's page: reads the data in it and draws the whole. */

import { render } from 'preact';
import type { PageData, RowTexts } from '../page-data.js';
import { App } from './app.js';
import { readTable } from './table.js';

const textOf = (id: string): string => document.getElementById(id)?.textContent ?? 'null';

const place = document.getElementById('app');
const data = JSON.parse(textOf('data')) as PageData;
const table = readTable(data, (piece) => (JSON.parse(textOf(`texts-${piece}`)) as RowTexts[] | null) ?? []);
if (place !== null) render(<App table={table} />, place);
