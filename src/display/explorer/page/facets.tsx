import { useState } from 'preact/hooks';
import { pairedDifference } from '../../../evaluation/paired-difference.js';
import type { Facet, FacetValue, View } from './narrow.js';
import { Bar, intervalText, percent, percentText, whole } from './parts.js';
import { type Selection, toggle } from './selection.js';
import type { Table } from './table.js';
import { keepPercent, type Say, titleOf, titleOfValue } from './words.js';

/** So many fields stand open at first, and so many values of each. */
const openFields = 6;
const openValues = 8;

type Given = {
  readonly table: Table;
  readonly view: View;
  readonly selection: Selection;
  readonly choose: (change: Partial<Selection>) => void;
  readonly say: Say;
};

/** Accuracy by every field, a card each: a bar a value, which is a filter. */
export function Facets(given: Given) {
  const { table, view, selection, say } = given;
  const [isAll, setAll] = useState(false);
  const chosen = (field: number): boolean => (selection.fields[table.data.fields[field]?.name ?? '']?.length ?? 0) > 0;
  const shown = view.facets.filter(({ field }, index) => isAll || index < openFields || chosen(field));
  const more = view.facets.length - openFields;
  if (view.facets.length === 0) return null;
  return (
    <section class="facets" aria-labelledby="facets">
      <header>
        <h2 id="facets">{say('breakdown')}</h2>
        <p class="soft">{say('breakdownHelp')}</p>
      </header>
      <div class="cards">
        {shown.map((facet) => (
          <FacetCard key={facet.field} facet={facet} {...given} />
        ))}
      </div>
      {more > 0 && (
        <button type="button" class="quiet" aria-expanded={isAll} onClick={() => setAll(!isAll)}>
          {isAll ? say('fewerFields') : say('moreFields', more)}
        </button>
      )}
    </section>
  );
}

function FacetCard({ facet, table, selection, choose, say }: Given & { readonly facet: Facet }) {
  const [isAll, setAll] = useState(false);
  const name = table.data.fields[facet.field]?.name ?? '';
  const chosen = selection.fields[name] ?? [];
  const there = facet.values.filter(
    ({ text, accuracies }) => chosen.includes(text) || accuracies.some(({ n }) => n > 0),
  );
  const shown = isAll ? there : there.filter(({ text }, index) => index < openValues || chosen.includes(text));
  const title = titleOf(name, say);
  return (
    <div class="card facet" role="group" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {shown.map((value) => (
          <li key={value.index}>
            <ValueButton
              {...{ value, table, say }}
              title={titleOfValue(name, value.text, say)}
              isOn={chosen.includes(value.text)}
              isDimmed={chosen.length > 0 && !chosen.includes(value.text)}
              onClick={() => choose({ fields: { ...selection.fields, [name]: toggle(chosen, value.text) } })}
            />
          </li>
        ))}
      </ul>
      {there.length > openValues && (
        <button type="button" class="quiet" aria-expanded={isAll} onClick={() => setAll(!isAll)}>
          {isAll ? say('fewerValues') : say('moreValues', there.length - shown.length)}
        </button>
      )}
    </div>
  );
}

function ValueButton({
  value,
  title,
  table,
  say,
  isOn,
  isDimmed,
  onClick,
}: {
  readonly value: FacetValue;
  readonly title: string;
  readonly table: Table;
  readonly say: Say;
  readonly isOn: boolean;
  readonly isDimmed: boolean;
  readonly onClick: () => void;
}) {
  const { runs } = table.data;
  const told = value.accuracies
    .map((counted, run) => {
      const name = runs.length > 1 ? `${runs[run]?.name}: ` : '';
      const found = counted.n === 0 ? '' : `${percentText(counted.accuracy)}, ${intervalText(counted, say)}, `;
      return `${name}${found}n = ${counted.n}`;
    })
    .join('; ');
  const there = value.accuracies.filter(({ n }) => n > 0);
  const shares = there.map(({ accuracy }) => `${percent(accuracy, 0)}`);
  const difference = runs.length === 2 ? differenceOf(value.byQuadrant) : undefined;
  return (
    <button
      type="button"
      class={isDimmed ? 'value dimmed' : 'value'}
      aria-pressed={isOn}
      title={told}
      onClick={onClick}
    >
      <span class="label">{title}</span>
      <span class={runs.length > 4 ? 'bars many' : 'bars'}>
        {value.accuracies.map((counted, run) => (
          <Bar key={run} counted={counted} run={run} />
        ))}
      </span>
      <span class="number">
        {runs.length === 2 ? (difference ?? '') : shares.length > 0 && keepPercent(`${fromTo(shares)} %`)}
        <small>{fromTo(value.accuracies.map(({ n }) => whole(n)))}</small>
        <span class="unseen">{told}</span>
      </span>
    </button>
  );
}

/** One text where all are the same, two side by side, and of more from the least to the largest: a sum would belong to none. */
function fromTo(numbers: readonly string[]): string {
  const [first = '', ...others] = numbers;
  if (others.every((each) => each === first)) return first;
  if (numbers.length === 2) return numbers.join(' · ');
  const sorted = [...numbers].sort(
    (left, right) => Number(left.replaceAll(',', '')) - Number(right.replaceAll(',', '')),
  );
  return `${sorted[0]}–${sorted.at(-1)}`;
}

/** Points of the second run over the first, in bold where the interval leaves out 0. */
function differenceOf([both = 0, onlyLeft = 0, onlyRight = 0, neither = 0]: readonly number[]) {
  if (both + onlyLeft + onlyRight + neither === 0) return undefined;
  // As `mathpie compare` counts: the left one less the right one; here the second is what is new
  const { difference, interval } = pairedDifference({ both, onlyLeft: onlyRight, onlyRight: onlyLeft, neither });
  const text = `${difference >= 0 ? '+' : '−'}${Math.abs(100 * difference).toFixed(0)}`;
  return interval[0] > 0 || interval[1] < 0 ? <b>{text}</b> : <span>{text}</span>;
}
