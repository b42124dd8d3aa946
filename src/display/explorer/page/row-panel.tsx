import { useEffect, useRef, useState } from 'preact/hooks';
import { outcomes } from '../page-data.js';
import { textOfValue } from './narrow.js';
import { OutcomeSign, runClass, whole } from './parts.js';
import { type Judgement, type Judgements, judgements, rowKey } from './reader.js';
import { RichText, ShortText } from './rich-text.js';
import { reasonWords } from './rule-words.js';
import type { Table } from './table.js';
import { type Say, titleOf, titleOfValue } from './words.js';

type Given = {
  readonly table: Table;
  readonly row: number;
  readonly say: Say;
  readonly judged: Judgements;
  readonly judge: (row: number, judgement: Judgement | undefined) => void;
  readonly open: (row: number) => void;
  readonly step: (by: number) => void;
  readonly close: () => void;
  readonly readRandom: () => void;
};

/** One answer, with everything that is known of it. */
export function RowPanel(given: Given) {
  const { table, row, say, step, close } = given;
  const { data } = table;
  const panel = useRef<HTMLElement>(null);
  const [isPlain, setPlain] = useState(false);
  useEffect(() => {
    panel.current?.focus();
    if (panel.current) panel.current.scrollTop = 0;
  }, [row]);
  const problem = data.problems[data.rows.problem[row] ?? 0];
  const { response, thinking, note, place } = table.textsOf(row);
  const outcome = outcomes[data.rows.outcome[row] ?? 0] ?? 'wrong';
  const hasSamples = (table.ofProblem[data.rows.problem[row] ?? 0] ?? []).some(
    (each) => (data.rows.sample[each] ?? 0) > 0,
  );
  const [tokens, prompt, cost] = [data.rows.tokens[row], data.rows.promptTokens[row], data.rows.costUsd[row]];
  const facts = [
    tokens == null ? '' : say('completionTokens', whole(tokens)),
    prompt == null ? '' : say('promptTokens', whole(prompt)),
    cost == null ? '' : `$${Number(cost.toPrecision(3))}`,
    note ?? '',
  ].filter((fact) => fact !== '');
  return (
    <aside class="panel" ref={panel} tabIndex={-1} aria-label={problem?.id}>
      <header>
        <OutcomeSign outcome={outcome} say={say} />
        <h2>{problem?.id}</h2>
        <span class="tags">
          {data.runs.length > 1 && (
            <span class={`tag ${runClass(data.rows.run[row] ?? 0)}`}>{data.runs[data.rows.run[row] ?? 0]?.name}</span>
          )}
          {hasSamples && <span class="tag">{say('sample', (data.rows.sample[row] ?? 0) + 1)}</span>}
        </span>
        <span class="buttons">
          <button type="button" aria-label={say('previous')} title={say('previous')} onClick={() => step(-1)}>
            ↑
          </button>
          <button type="button" aria-label={say('next')} title={say('next')} onClick={() => step(1)}>
            ↓
          </button>
          <button type="button" aria-label={say('close')} title={say('close')} onClick={close}>
            ✕
          </button>
        </span>
      </header>
      <div class="asked">
        {problem?.question ? <RichText text={problem.question} /> : <span class="soft">{say('noQuestion')}</span>}
      </div>
      <Verdicts {...given} />
      <Reader {...given} />
      <section aria-label={say('response')}>
        <div class="bar">
          <h3>{say('response')}</h3>
          <span class="soft">{facts.join(' · ')}</span>
          <button type="button" class="quiet" aria-pressed={isPlain} onClick={() => setPlain(!isPlain)}>
            {say('plain')}
          </button>
        </div>
        {thinking !== null && (
          <details>
            <summary>{say('thinking', whole(thinking.length))}</summary>
            <div class="text thought">
              <RichText text={thinking} isPlain={isPlain} />
            </div>
          </details>
        )}
        <div class="text">
          {response === null ? (
            <span class="soft">{note ?? say('noResponse')}</span>
          ) : (
            <RichText text={response} place={place} isPlain={isPlain} />
          )}
        </div>
        {place !== null && <p class="soft small">{say('answerMarked')}</p>}
      </section>
      <Samples {...given} />
      <section aria-label={say('details')}>
        <h3>{say('details')}</h3>
        <dl class="details">
          {data.fields.map(({ name, values, of }) => {
            const value = values[of[row] ?? 0] ?? null;
            return value === null ? null : (
              <div key={name}>
                <dt>{titleOf(name, say)}</dt>
                <dd>{titleOfValue(name, textOfValue(value), say)}</dd>
              </div>
            );
          })}
        </dl>
      </section>
      <p class="soft small keys">{say('keys')}</p>
    </aside>
  );
}

/** The gold answer, and what each grader took to be the answer and said of it. */
function Verdicts({ table, row, say }: Given) {
  const { data } = table;
  const { grader, second } = data.runs[data.rows.run[row] ?? 0] ?? { grader: '', second: '' };
  const answer = data.rows.answer[row] ?? undefined;
  const rule = data.rules[data.rows.rule[row] ?? 0] ?? '';
  const isRight = table.isRight[row] === 1;
  const other = data.rows.second[row] ?? 2;
  const said = rule === '' ? '' : say(reasonWords({ rule, equivalent: isRight, extracted: answer }));
  return (
    <section aria-label={say('verdicts')}>
      <table class="verdicts">
        <tbody>
          <tr>
            <th scope="row">{say('gold')}</th>
            <td colSpan={2}>
              <ShortText text={data.problems[data.rows.problem[row] ?? 0]?.gold ?? ''} />
            </td>
          </tr>
          <tr>
            <th scope="row">{grader}</th>
            <td>{answer === undefined ? <span class="soft">{say('noAnswer')}</span> : <ShortText text={answer} />}</td>
            <td>
              <span class={isRight ? 'verdict right' : 'verdict wrong'}>{say(isRight ? 'right' : 'wrong')}</span>
              {said !== '' && <span class="soft"> {said}</span>}
            </td>
          </tr>
          {second !== '' && (
            <tr>
              <th scope="row">{second}</th>
              <td>
                <ShortText text={data.rows.secondAnswer[row] ?? answer ?? '–'} />
              </td>
              <td>
                {other === 2 ? (
                  <span class="soft">{say('noVerdict')}</span>
                ) : (
                  <span class={other === 1 ? 'verdict right' : 'verdict wrong'}>
                    {say(other === 1 ? 'right' : 'wrong')}
                  </span>
                )}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

function Reader({ table, row, say, judged, judge, readRandom }: Given) {
  const chosen = judged[rowKey(table, row)];
  const labels = { agree: say('agree'), disagree: say('disagree-reader'), 'gold-wrong': say('gold-wrong') };
  return (
    <section class="reader" aria-label={say('reader')}>
      <h3>{say('reader')}</h3>
      <div class="chips" role="group" aria-label={say('reader')}>
        {judgements.map((judgement, index) => (
          <button
            key={judgement}
            type="button"
            class="chip"
            aria-pressed={chosen === judgement}
            aria-keyshortcuts={String(index + 1)}
            onClick={() => judge(row, chosen === judgement ? undefined : judgement)}
          >
            {labels[judgement]}
          </button>
        ))}
        <button type="button" class="quiet" aria-keyshortcuts="r" onClick={readRandom}>
          {say('readAnother')}
        </button>
      </div>
    </section>
  );
}

/** So many answers to one question are drawn. */
const mostSamples = 64;

/** All answers to the question side by side: those of the other samples, and of the other runs. */
function Samples({ table, row, say, open }: Given) {
  const { data } = table;
  const others = table.ofProblem[data.rows.problem[row] ?? 0] ?? [];
  if (others.length < 2) return null;
  return (
    <section aria-label={say('samples')}>
      <h3>{say('samples')}</h3>
      <ul class="samples">
        {others.slice(0, mostSamples).map((each) => {
          const answer = data.rows.answer[each];
          const { response, note } = table.textsOf(each);
          return (
            <li key={each}>
              <button
                type="button"
                class={each === row ? 'sample here' : 'sample'}
                aria-current={each === row}
                onClick={() => open(each)}
              >
                <span class="head">
                  <OutcomeSign outcome={outcomes[data.rows.outcome[each] ?? 0] ?? 'wrong'} say={say} />
                  <span class="soft">
                    {data.runs.length > 1 && `${data.runs[data.rows.run[each] ?? 0]?.name} · `}
                    {say('sample', (data.rows.sample[each] ?? 0) + 1)}
                  </span>
                </span>
                <span class="took">{answer == null ? '–' : <ShortText text={answer} />}</span>
                <span class="excerpt">{(response ?? note ?? '').slice(-220)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {others.length > mostSamples && (
        <p class="soft small">{say('firstSamples', mostSamples, whole(others.length))}</p>
      )}
    </section>
  );
}
