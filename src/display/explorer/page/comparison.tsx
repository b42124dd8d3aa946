import { useEffect, useRef } from 'preact/hooks';
import { exactMcNemar } from '../../../evaluation/exact-mcnemar.js';
import { pairedDifference } from '../../../evaluation/paired-difference.js';
import type { View } from './narrow.js';
import { percentText, whole } from './parts.js';
import { quadrants, type Selection } from './selection.js';
import type { Table } from './table.js';
import type { Say } from './words.js';

type Given = {
  readonly table: Table;
  readonly view: View;
  readonly selection: Selection;
  readonly choose: (change: Partial<Selection>) => void;
  readonly say: Say;
};

const points = (share: number): string => `${share >= 0 ? '+' : '−'}${Math.abs(100 * share).toFixed(1)}`;

/** Two runs on the same questions: who was right where, the difference, and whether it may be chance. */
export function Pairs({ table, view, selection, choose, say }: Given) {
  const [both = 0, onlyLeft = 0, onlyRight = 0, neither = 0] = view.byQuadrant;
  const n = both + onlyLeft + onlyRight + neither;
  if (n === 0) return null;
  // The second run less the first
  const { difference, interval } = pairedDifference({ both, onlyLeft: onlyRight, onlyRight: onlyLeft, neither });
  const [first, second] = table.data.runs;
  const names = {
    both: say('both'),
    left: say('left', first?.name ?? ''),
    right: say('right-only', second?.name ?? ''),
    neither: say('neither'),
  };
  return (
    <section class="card pairs" aria-labelledby="pairs">
      <h2 id="pairs">{say('comparison')}</h2>
      <div class="quadrants" role="group" aria-label={say('comparison')}>
        {quadrants.map((name, index) => (
          <button
            key={name}
            type="button"
            class={`quadrant ${name}`}
            aria-pressed={selection.quadrant === name}
            onClick={() => choose({ quadrant: selection.quadrant === name ? undefined : name })}
          >
            <strong>{whole(view.byQuadrant[index] ?? 0)}</strong>
            <span>{names[name]}</span>
          </button>
        ))}
      </div>
      <p class="told">
        <b>
          {say(
            'difference',
            second?.name ?? '',
            first?.name ?? '',
            points(difference),
            points(interval[0]),
            points(interval[1]),
          )}
        </b>
      </p>
      <p class="told soft">{say('mcnemar', exactMcNemar(onlyLeft, onlyRight).toPrecision(2), whole(n))}</p>
    </section>
  );
}

/** Questions by runs, hardest first. A picture of what the list holds, so that the list is what keyboards and readers of screens use. */
export function HeatMap({ table, view, open, say }: Given & { readonly open: (row: number) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { runs } = table.data;
  const { order, shares, height } = arrange(table, view);
  useEffect(() => {
    const place = canvas.current;
    const context = place?.getContext('2d');
    if (!place || !context) return;
    const style = getComputedStyle(document.documentElement);
    const width = Math.max(1, place.clientWidth);
    const scale = window.devicePixelRatio || 1;
    place.width = width * scale;
    place.height = height * scale;
    context.scale(scale, scale);
    context.fillStyle = style.getPropertyValue('--edge');
    context.fillRect(0, 0, width, height);
    const step = width / Math.max(1, order.length);
    const tall = height / runs.length;
    const [right, wrong] = [style.getPropertyValue('--right'), style.getPropertyValue('--wrong')];
    order.forEach((problem, index) => {
      runs.forEach((_, run) => {
        const share = shares[run]?.[problem] ?? -1;
        if (share < 0) return;
        context.fillStyle = share >= 0.5 ? right : wrong;
        context.globalAlpha = 0.35 + 0.65 * Math.abs(2 * share - 1);
        context.fillRect(index * step, run * tall + 1, Math.max(step, 0.6), tall - 2);
      });
    });
    context.globalAlpha = 1;
  });
  const openAt = (event: MouseEvent): void => {
    const place = canvas.current?.getBoundingClientRect();
    if (!place) return;
    const problem = order[Math.floor(((event.clientX - place.left) / place.width) * order.length)];
    const run = Math.floor(((event.clientY - place.top) / place.height) * runs.length);
    const rows = problem === undefined ? [] : (table.ofProblem[problem] ?? []);
    const row = rows.find((each) => table.data.rows.run[each] === run) ?? rows[0];
    if (row !== undefined) open(row);
  };
  const told = runs.map(({ name }, run) => `${name}: ${percentText(view.accuracies[run]?.accuracy ?? 0)}`).join(', ');
  return (
    <section class="card heat" aria-labelledby="heat">
      <h2 id="heat">{say('heatMap')}</h2>
      <p class="soft">{say('heatMapHelp')}</p>
      <div class="map">
        <ol>
          {runs.map(({ name }, run) => (
            <li key={run} style={{ height: `${height / runs.length}px` }}>
              {name}
            </li>
          ))}
        </ol>
        <canvas ref={canvas} role="img" aria-label={told} style={{ height: `${height}px` }} onClick={openAt} />
      </div>
    </section>
  );
}

function arrange({ data, isRight, isFailed }: Table, view: View) {
  const { runs, rows, problems } = data;
  const right = runs.map(() => new Float32Array(problems.length));
  const asked = runs.map(() => new Float32Array(problems.length));
  const seen = new Set<number>();
  for (const row of view.rows) {
    const [run, problem] = [rows.run[row] ?? 0, rows.problem[row] ?? 0];
    if (isFailed[row]) continue;
    seen.add(problem);
    asked[run]![problem]! += 1;
    right[run]![problem]! += isRight[row] ?? 0;
  }
  const shares = runs.map((_, run) =>
    Float32Array.from(problems, (__, problem) =>
      asked[run]![problem] ? right[run]![problem]! / asked[run]![problem]! : -1,
    ),
  );
  const mean = (problem: number): number => {
    const known = shares.map((share) => share[problem] ?? -1).filter((share) => share >= 0);
    return known.reduce((sum, share) => sum + share, 0) / Math.max(1, known.length);
  };
  const order = [...seen].sort((left, right) => mean(left) - mean(right) || left - right);
  return { order, shares, height: Math.max(28 * runs.length, 56) };
}
