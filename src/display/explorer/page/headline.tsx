import { outcomes } from '../page-data.js';
import type { View } from './narrow.js';
import { Bar, Chip, intervalText, percent, runClass, whole } from './parts.js';
import { marks, type Selection, toggle } from './selection.js';
import type { Table } from './table.js';
import { keepPercent, type Say } from './words.js';

/** The accuracy of each run over what is chosen, and how its answers came out; each part of it is a filter. */
export function Headline({
  table,
  view,
  selection,
  choose,
  say,
}: {
  readonly table: Table;
  readonly view: View;
  readonly selection: Selection;
  readonly choose: (change: Partial<Selection>) => void;
  readonly say: Say;
}) {
  const { runs } = table.data;
  const sum = (outcome: number): number => view.byOutcome.reduce((total, counts) => total + (counts[outcome] ?? 0), 0);
  const markCounts = { disagree: view.disagreeing, split: view.split, unread: undefined };
  const shown = marks.filter((mark) => mark !== 'split' || table.hasSplit);
  return (
    <section class="card headline" aria-labelledby="headline">
      <h2 id="headline" class="unseen">
        {say('accuracyTitle')}
      </h2>
      <div class={runs.length > 1 ? 'figures several' : 'figures'}>
        {runs.map(({ name, grader, model, best = [] }, run) => {
          const counted = view.accuracies[run];
          if (counted === undefined) return null;
          const missing = view.byOutcome[run]?.[outcomes.indexOf('failed')] ?? 0;
          return (
            <div class="figure" key={run}>
              {runs.length > 1 && (
                <h3>
                  <span class={`swatch ${runClass(run)}`} aria-hidden="true" />
                  {name}
                </h3>
              )}
              <p class="accuracy">
                <strong>{counted.n === 0 ? '–' : percent(counted.accuracy)}</strong>
                {counted.n > 0 && <span>{keepPercent(' %')}</span>}
              </p>
              <Bar counted={counted} run={run} />
              <p class="told">{say('answersRight', whole(counted.correct), whole(counted.n))}</p>
              <p class="told soft">{intervalText(counted, say)}</p>
              <p class="told soft">
                {say('gradedBy', grader)}
                {model !== undefined && model !== name && ` · ${model}`}
              </p>
              {best.map((way) => (
                <p class="told soft" key={way.by}>
                  {say('bestOf', String(way.k), say(way.by), percent(way.accuracy))} ({intervalText(way, say)})
                  {way.scoredBy !== null && ` · ${way.scoredBy}`}
                </p>
              ))}
              {missing > 0 && <p class="told soft">{say('notCounted', whole(missing))}</p>}
            </div>
          );
        })}
      </div>
      <div class="chips" role="group" aria-label={say('outcome')}>
        {outcomes.map((outcome, index) => {
          const count = sum(index);
          const isOn = selection.outcomes.includes(outcome);
          if (count === 0 && !isOn) return null;
          return (
            <Chip
              key={outcome}
              tone={outcome}
              label={say(outcome)}
              count={count}
              isOn={isOn}
              onClick={() => choose({ outcomes: toggle(selection.outcomes, outcome) })}
            />
          );
        })}
        <span class="gap" />
        {shown.map((mark) => {
          const count = markCounts[mark];
          return (
            <Chip
              key={mark}
              label={say(mark)}
              {...(count !== undefined && { count })}
              isOn={selection.marks.includes(mark)}
              onClick={() => choose({ marks: toggle(selection.marks, mark) })}
            />
          );
        })}
      </div>
    </section>
  );
}
