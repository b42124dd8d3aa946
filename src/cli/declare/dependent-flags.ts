import { InputError } from '../../errors.js';
import type { Command } from './command.js';

/** A flag whose meaning hangs on others. */
export type Typed = { readonly typed: string; readonly says: string; readonly option: string; readonly value: string };
export type Read = { readonly words: readonly string[]; readonly notes: readonly string[] };

/** The original's `--start 100 --end 300` are 200 problems. */
export function countFromStart(words: readonly string[]): Read {
  const skip = Number(words.find((word) => word.startsWith('--skip='))?.slice('--skip='.length) ?? 0);
  const end = words.findIndex((word) => word.startsWith('--limit='));
  const last = Number(words[end]?.slice('--limit='.length));
  if (end === -1 || !(skip > 0 && last > skip)) return { words, notes: [] };
  return {
    words: words.with(end, `--limit=${last - skip}`),
    notes: [`From problem ${skip + 1} to problem ${last}: --skip ${skip} --limit ${last - skip}`],
  };
}

/** Rows a GPU and pass, and passes a step, as the rows of a step on all GPUs. */
export function spreadRows(words: readonly string[], rows: readonly Typed[]): Read {
  if (rows.length === 0) return { words, notes: [] };
  const gpus = Number(numberAfter(words, 'gpus') ?? 1) * Number(numberAfter(words, 'nodes') ?? 1);
  const product = rows.reduce((so, { value }) => so * Number(value), gpus);
  const typed = rows.map((each) => each.typed).join(' ');
  const said = gpus === 1 ? 'one GPU' : `${gpus} GPUs`;
  return {
    words: [...words, `--set=rowsPerStep=${product}`],
    notes: [`Read ${typed} on ${said} as --set rowsPerStep=${product}`],
  };
}

/** Options of the engine behind each model of vLLM; models of other engines have none. Throws `InputError` where no model is named. */
export function setEngine(
  { name }: Pick<Command, 'name'>,
  { words, engines }: { readonly words: readonly string[]; readonly engines: readonly Typed[] },
): Read {
  const [first] = engines;
  if (first === undefined) return { words, notes: [] };
  const [flag = ''] = first.typed.split(' ');
  const places = words.flatMap((word, place) => {
    const isModel = /^--(?:(?:guard|judge)-)?(?:model|judge)(?:=|$)/.test(word);
    return !isModel ? [] : [word.includes('=') ? place : place + 1];
  });
  if (places.length === 0) {
    throw new InputError(`Cannot run mathpie ${name}: ${flag} is no flag here; ${first.says}`);
  }
  const query = engines.map(({ option, value }) => `${option}=${value}`).join('&');
  const typed = engines.map((each) => each.typed).join(' ');
  let read = words;
  for (const place of places) {
    const word = words[place] ?? '';
    if (/^(?:--[a-z-]+=)?vllm:/.test(word)) read = read.with(place, `${word}${word.includes('?') ? '&' : '?'}${query}`);
  }
  const isSet = read !== words;
  return {
    words: read,
    notes: [isSet ? `Read ${typed} as ?${query} behind the model` : `Left out ${typed}: ${first.says}`],
  };
}

function numberAfter(words: readonly string[], flag: string): string | undefined {
  const place = words.findIndex((word) => word === `--${flag}` || word.startsWith(`--${flag}=`));
  return place === -1 ? undefined : (words[place]?.split('=')[1] ?? words[place + 1]);
}
