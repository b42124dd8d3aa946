import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Language } from '../../../language/translate.js';
import { HeatMap, Pairs } from './comparison.js';
import { Facets } from './facets.js';
import { Headline } from './headline.js';
import { narrow } from './narrow.js';
import { whole } from './parts.js';
import { type Judgement, type Judgements, judgements, readJudgements, rowKey, writeJudgements } from './reader.js';
import { Reading } from './reading.js';
import { RowPanel } from './row-panel.js';
import { RowTable } from './row-table.js';
import { isNarrowed, nothingChosen, readAddress, type Selection, writeAddress } from './selection.js';
import { keep, recall } from './store.js';
import type { Table } from './table.js';
import { type Say, speak, titleOf, titleOfValue } from './words.js';

const themes = ['auto', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

/** The whole page over one table. */
export function App({ table }: { readonly table: Table }) {
  const { data } = table;
  const [language, setLanguage] = useState<Language>(() => firstLanguage(data.language, recall('language')));
  const [theme, setTheme] = useState<Theme>(() => themes.find((each) => each === recall('theme')) ?? 'auto');
  const [selection, setSelection] = useState<Selection>(() => readAddress(location.hash));
  const numbers = useMemo(
    () => new Map(Array.from({ length: table.count }, (_, row) => [rowKey(table, row), row])),
    [table],
  );
  const [judged, setJudged] = useState<Judgements>(() =>
    readJudgements(table, recall(`judged ${data.fingerprint}`) ?? '{}', numbers),
  );
  const say = useMemo(() => speak(language), [language]);
  const search = useRef<HTMLInputElement>(null);

  const isRead = useCallback((row: number) => judged[rowKey(table, row)] !== undefined, [judged, table]);
  const narrowed = JSON.stringify({ ...selection, open: undefined });
  // A row that is opened changes nothing of it
  const view = useMemo(
    () => narrow(table, selection, isRead),
    [table, narrowed, selection.marks.includes('unread') ? judged : undefined],
  );
  const openRow = selection.open === undefined ? undefined : numbers.get(selection.open);

  const choose = useCallback((change: Partial<Selection>) => setSelection((before) => ({ ...before, ...change })), []);
  const open = useCallback((row: number) => choose({ open: rowKey(table, row) }), [table, choose]);
  const close = useCallback(() => choose({ open: undefined }), [choose]);
  const step = useCallback(
    (by: number) => {
      const place = openRow === undefined ? -1 : view.rows.indexOf(openRow);
      const next = view.rows[Math.min(view.rows.length - 1, Math.max(0, place + by))];
      if (next !== undefined) open(next);
    },
    [openRow, view, open],
  );
  const judge = useCallback(
    (row: number, judgement: Judgement | undefined) => {
      setJudged((before) => {
        const { [rowKey(table, row)]: _, ...rest } = before;
        const after = judgement === undefined ? rest : { ...rest, [rowKey(table, row)]: judgement };
        keep(`judged ${data.fingerprint}`, writeJudgements(table, after, numbers));
        return after;
      });
    },
    [table, data.fingerprint, numbers],
  );
  const readRandom = (): void => {
    const left = view.rows.filter((row) => !isRead(row));
    const row = left[Math.floor(Math.random() * left.length)];
    if (row !== undefined) open(row);
  };

  useEffect(() => {
    const address = writeAddress(selection);
    if (address !== location.hash.replace(/^#/, '')) replaceAddress(address);
  }, [selection]);
  useEffect(() => {
    const change = (): void => setSelection(readAddress(location.hash));
    window.addEventListener('hashchange', change);
    return () => window.removeEventListener('hashchange', change);
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dataset.theme = theme;
  }, [language, theme]);
  // What the keys do is that of the latest drawing, however fast they are pressed
  const latest = useRef({ openRow, close, step, judge, readRandom });
  latest.current = { openRow, close, step, judge, readRandom };
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLElement && /^(?:INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '/') {
        event.preventDefault();
        search.current?.focus();
      }
      const { openRow: row, ...act } = latest.current;
      if (event.key === 'r') act.readRandom();
      if (row === undefined) return;
      if (event.key === 'Escape') act.close();
      if (event.key === 'j') act.step(1);
      if (event.key === 'k') act.step(-1);
      const judgement = judgements[Number(event.key) - 1];
      if (judgement !== undefined) act.judge(row, judgement);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);

  const given = { table, view, selection, choose, say };
  return (
    <div class={openRow === undefined ? 'page' : 'page beside'}>
      <button type="button" class="skip" onClick={focusRows}>
        {say('skip')}
      </button>
      <header class="top">
        <div>
          <h1>{data.title}</h1>
          {data.lead !== '' && <p class="soft">{data.lead}</p>}
        </div>
        <Controls {...{ language, setLanguage, theme, setTheme, say }} />
      </header>
      <main>
        <Headline {...given} />
        {data.runs.length === 2 && <Pairs {...given} />}
        {data.runs.length > 1 && <HeatMap {...given} open={open} />}
        <div class="columns">
          <div class="side">
            <Facets {...given} />
            <Reading
              {...{ table, judged, readRandom, say }}
              forget={() => {
                setJudged({});
                keep(`judged ${data.fingerprint}`, '{}');
              }}
            />
          </div>
          <section class="list card" aria-labelledby="rows">
            <div class="tools">
              <h2 id="rows" tabIndex={-1}>
                {say('rows')}
              </h2>
              <span class="soft" role="status">
                {say('rowsOf', whole(view.rows.length), whole(table.count))}
              </span>
              <input
                ref={search}
                type="search"
                placeholder={say('search')}
                aria-label={say('search')}
                value={selection.query}
                onInput={(event) => choose({ query: event.currentTarget.value })}
              />
              {data.runs.length > 1 && (
                <select
                  aria-label={say('run')}
                  value={selection.run ?? ''}
                  onChange={({ currentTarget: { value } }) => choose({ run: value === '' ? undefined : Number(value) })}
                >
                  <option value="">{say('allRuns')}</option>
                  {data.runs.map(({ name }, run) => (
                    <option key={run} value={run}>
                      {name}
                    </option>
                  ))}
                </select>
              )}
            </div>
            <Filters {...given} />
            <RowTable {...{ table, selection, choose, open, isRead, say }} rows={view.rows} />
          </section>
        </div>
      </main>
      {openRow !== undefined && (
        <RowPanel {...{ table, say, judged, judge, open, step, close, readRandom }} row={openRow} />
      )}
      <footer class="soft small">{say('madeBy', data.madeBy)}</footer>
    </div>
  );
}

function Controls({
  language,
  setLanguage,
  theme,
  setTheme,
  say,
}: {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly theme: Theme;
  readonly setTheme: (theme: Theme) => void;
  readonly say: Say;
}) {
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => {
    const done = (): void => {
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    };
    navigator.clipboard?.writeText(location.href).then(done, () => undefined);
  };
  return (
    <div class="controls">
      <button type="button" class="quiet" onClick={copy}>
        {say(isCopied ? 'copied' : 'copyLink')}
      </button>
      <select
        aria-label={say('theme')}
        value={theme}
        onChange={({ currentTarget: { value } }) => {
          setTheme(themes.find((each) => each === value) ?? 'auto');
          keep('theme', value);
        }}
      >
        {themes.map((each) => (
          <option key={each} value={each}>
            {say(each)}
          </option>
        ))}
      </select>
      <button
        type="button"
        class="quiet"
        lang={language === 'en' ? 'ja' : 'en'}
        onClick={() => {
          const other = language === 'en' ? 'ja' : 'en';
          setLanguage(other);
          keep('language', other);
        }}
      >
        {say('languageName')}
      </button>
    </div>
  );
}

/** What is chosen, each with a way to undo it. */
function Filters({
  selection,
  choose,
  say,
}: {
  readonly selection: Selection;
  readonly choose: (change: Partial<Selection>) => void;
  readonly say: Say;
}) {
  if (!isNarrowed(selection)) return null;
  const chosen = Object.entries(selection.fields).flatMap(([field, values]) =>
    values.map((value) => ({ field, value, text: `${titleOf(field, say)}: ${titleOfValue(field, value, say)}` })),
  );
  const drop = (field: string, value: string): void =>
    choose({
      fields: { ...selection.fields, [field]: (selection.fields[field] ?? []).filter((each) => each !== value) },
    });
  return (
    <div class="chips filters" role="group" aria-label={say('filters')}>
      {chosen.map(({ field, value, text }) => (
        <button
          key={text}
          type="button"
          class="chip on"
          aria-label={say('remove', text)}
          onClick={() => drop(field, value)}
        >
          {text} <span aria-hidden="true">✕</span>
        </button>
      ))}
      <button
        type="button"
        class="quiet"
        onClick={() =>
          choose({ ...nothingChosen, sort: selection.sort, isDown: selection.isDown, open: selection.open })
        }
      >
        {say('clear')}
      </button>
    </div>
  );
}

/** What a reader chose before, else Japanese where the page was written or the browser is set so. */
function firstLanguage(written: Language, chosen: string | undefined): Language {
  if (chosen === 'en' || chosen === 'ja') return chosen;
  return /^ja\b/.test(navigator.language) ? 'ja' : written;
}

function focusRows(): void {
  document.querySelector<HTMLElement>('#rows')?.focus();
}

/** A page in a frame of a notebook may have no address of its own. */
function replaceAddress(address: string): void {
  try {
    history.replaceState(null, '', address === '' ? location.pathname + location.search : `#${address}`);
  } catch {
    // The selection holds all the same
  }
}
