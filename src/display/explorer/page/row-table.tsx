import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { outcomes } from '../page-data.js';
import { OutcomeSign, runClass, whole } from './parts.js';
import { rowKey } from './reader.js';
import { ShortText } from './rich-text.js';
import type { Selection } from './selection.js';
import type { Table } from './table.js';
import type { Say, Word } from './words.js';

/** Rows drawn above and below what is seen. */
const overscan = 8;
/** Characters of an answer in words; the open row has all of it. */
const mostInCell = 60;
/** Printed pages hold so many. */
const mostPrinted = 200;

type Given = {
  readonly table: Table;
  readonly rows: Int32Array;
  readonly selection: Selection;
  readonly choose: (change: Partial<Selection>) => void;
  readonly open: (row: number) => void;
  readonly isRead: (row: number) => boolean;
  readonly say: Say;
};

/** The rows that are left, of which only those in sight are in the page. */
export function RowTable({ table, rows, selection, choose, open, isRead, say }: Given) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [seen, setSeen] = useState(800);
  const [isPrinting, setPrinting] = useState(false);
  const height = useRowHeight();
  useLayoutEffect(() => {
    const measure = (): void => setSeen(box.current?.clientHeight ?? 800);
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  useEffect(() => {
    const [start, end] = [() => setPrinting(true), () => setPrinting(false)];
    window.addEventListener('beforeprint', start);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', start);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  // Another selection begins at its first row
  useEffect(() => {
    if (box.current) box.current.scrollTop = 0;
    setTop(0);
  }, [rows]);
  const first = isPrinting ? 0 : Math.max(0, Math.floor(top / height) - overscan);
  const last = isPrinting
    ? Math.min(rows.length, mostPrinted)
    : Math.min(rows.length, Math.ceil((top + seen) / height) + overscan);
  const { data } = table;
  const several = data.runs.length > 1;
  // One stop of the Tab key: arrows go on from there
  const hasOpen =
    selection.open !== undefined && rows.slice(first, last).some((row) => rowKey(table, row) === selection.open);
  const openFrom = (event: KeyboardEvent, row: number): void => {
    const target = event.currentTarget as HTMLElement;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open(row);
    }
    const step =
      event.key === 'ArrowDown' ? 'nextElementSibling' : event.key === 'ArrowUp' ? 'previousElementSibling' : undefined;
    if (step === undefined) return;
    event.preventDefault();
    (target[step] as HTMLElement | null)?.focus();
  };
  const columns: readonly { readonly name: Word; readonly isNumeric?: boolean }[] = [
    { name: 'outcome' },
    { name: 'question' },
    { name: 'gold' },
    { name: 'answer' },
    { name: 'tokens', isNumeric: true },
  ];
  const next = (name: string): Partial<Selection> => {
    if (selection.sort !== name) return { sort: name, isDown: name === 'tokens' };
    return selection.isDown === (name === 'tokens') ? { isDown: !selection.isDown } : { sort: '', isDown: false };
  };
  if (rows.length === 0) {
    return (
      <div class="nothing">
        <p>{say('nothing')}</p>
        <button
          type="button"
          onClick={() =>
            choose({ fields: {}, outcomes: [], marks: [], quadrant: undefined, query: '', run: undefined })
          }
        >
          {say('clear')}
        </button>
      </div>
    );
  }
  return (
    <div class="scroller" ref={box} onScroll={() => setTop(box.current?.scrollTop ?? 0)} tabIndex={-1}>
      <table aria-rowcount={rows.length + 1}>
        <caption class="unseen">{say('rowsOf', whole(rows.length), whole(table.count))}</caption>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ name, isNumeric }) => (
              <th
                key={name}
                scope="col"
                class={`${name}${isNumeric ? ' numeric' : ''}`}
                aria-sort={sortOf(name, selection)}
              >
                <button type="button" title={say('sortBy', say(name))} onClick={() => choose(next(name))}>
                  {name === 'outcome' ? <span class="unseen">{say(name)}</span> : say(name)}
                  <span aria-hidden="true" class="arrow">
                    {selection.sort === name ? (selection.isDown ? '↓' : '↑') : name === 'outcome' ? '↕' : ''}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row is no stop of the Tab key */}
          {first > 0 && <tr class="space" aria-hidden="true" style={{ height: `${first * height}px` }} />}
          {Array.from(rows.slice(first, last), (row, offset) => {
            const problem = data.problems[data.rows.problem[row] ?? 0];
            const outcome = outcomes[data.rows.outcome[row] ?? 0] ?? 'wrong';
            const key = rowKey(table, row);
            return (
              <tr
                key={key}
                tabIndex={key === selection.open || (offset === 0 && !hasOpen) ? 0 : -1}
                aria-rowindex={first + offset + 2}
                aria-selected={selection.open === key}
                class={selection.open === key ? 'open' : ''}
                onClick={() => open(row)}
                onKeyDown={(event) => openFrom(event, row)}
              >
                <td class="outcome">
                  <OutcomeSign outcome={outcome} say={say} />
                </td>
                <td class="question">
                  <div class="asks">
                    <span class="line">
                      {(problem?.question || problem?.id || '').replace(/\s+/g, ' ').slice(0, 220)}
                    </span>
                    <span class="tags">
                      {several && (
                        <span class={`tag ${runClass(data.rows.run[row] ?? 0)}`}>
                          {data.runs[data.rows.run[row] ?? 0]?.name}
                        </span>
                      )}
                      {table.disagrees[row] === 1 && (
                        <span class="tag" title={say('disagree')}>
                          ≠<span class="unseen"> {say('disagree')}</span>
                        </span>
                      )}
                      {isRead(row) && (
                        <span class="tag" title={say('reader')}>
                          ●<span class="unseen"> {say('reader')}</span>
                        </span>
                      )}
                    </span>
                  </div>
                </td>
                <td class="gold" data-label={`${say('gold')} `}>
                  <span class="line">
                    <ShortText text={problem?.gold ?? ''} most={mostInCell} />
                  </span>
                </td>
                <td class="answer">
                  <span class="line">
                    <ShortText text={data.rows.answer[row] ?? '–'} most={mostInCell} />
                  </span>
                </td>
                <td class="tokens numeric">
                  {data.rows.tokens[row] == null ? '–' : whole(data.rows.tokens[row] ?? 0)}
                </td>
              </tr>
            );
          })}
          {last < rows.length && !isPrinting && (
            // biome-ignore lint/a11y/noAriaHiddenOnFocusable: the same below
            <tr class="space" aria-hidden="true" style={{ height: `${(rows.length - last) * height}px` }} />
          )}
        </tbody>
      </table>
      {isPrinting && rows.length > mostPrinted && <p>{say('printNote', mostPrinted, whole(rows.length))}</p>}
    </div>
  );
}

function sortOf(name: string, { sort, isDown }: Selection): 'ascending' | 'descending' | 'none' {
  return sort !== name ? 'none' : isDown ? 'descending' : 'ascending';
}

/** Rows are all of one height, taller on a phone, as the style sheet has it. */
function useRowHeight(): number {
  const query = '(max-width: 640px)';
  const [isNarrow, setNarrow] = useState(() => window.matchMedia(query).matches);
  useEffect(() => {
    const list = window.matchMedia(query);
    const change = (): void => setNarrow(list.matches);
    list.addEventListener('change', change);
    return () => list.removeEventListener('change', change);
  }, []);
  return isNarrow ? 68 : 42;
}
