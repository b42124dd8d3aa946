import { percent, percentText, whole } from './parts.js';
import { atMostWrong, describeReading, exportLines, type Judgements } from './reader.js';
import type { Table } from './table.js';
import { keepPercent, type Say } from './words.js';

/** How much was read, what that says of all verdicts, and the file of it. */
export function Reading({
  table,
  judged,
  readRandom,
  forget,
  say,
}: {
  readonly table: Table;
  readonly judged: Judgements;
  readonly readRandom: () => void;
  readonly forget: () => void;
  readonly say: Say;
}) {
  const { n, faults, goldWrong, agreement, interval, atMost } = describeReading(judged);
  const hasRead = n + goldWrong > 0;
  const save = (): void => {
    const address = URL.createObjectURL(new Blob([exportLines(table, judged)], { type: 'application/jsonl' }));
    const link = Object.assign(document.createElement('a'), { href: address, download: 'verdicts.jsonl' });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };
  return (
    <section class="card reading" aria-labelledby="reading">
      <h2 id="reading">{say('reading')}</h2>
      <p class="soft">{say('readingHelp')}</p>
      {n > 0 && <p class="told">{say('readCount', whole(n), whole(faults))}</p>}
      {n > 0 && faults === 0 && <p class="told">{say('atMost', whole(n), percent(atMost))}</p>}
      {n > 0 && faults > 0 && (
        <p class="told">{say('agreement', percent(agreement), percent(interval[0]), percent(interval[1]))}</p>
      )}
      {goldWrong > 0 && <p class="told">{say('goldWrongCount', whole(goldWrong))}</p>}
      {!hasRead && (
        <table class="promise">
          <caption class="soft">
            {say('readNone')} → {keepPercent('≤ % (95 %)')}
          </caption>
          <tbody>
            <tr>
              {[30, 60, 150, 300].map((count) => (
                <td key={count}>
                  {count} → {percentText(atMostWrong(count))}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      )}
      <div class="chips">
        <button type="button" class="primary" onClick={readRandom}>
          {say('readRandom')}
        </button>
        {hasRead && (
          <>
            <button type="button" onClick={save}>
              {say('exportRead')}
            </button>
            <button type="button" class="quiet" onClick={forget}>
              {say('forget')}
            </button>
          </>
        )}
      </div>
    </section>
  );
}
