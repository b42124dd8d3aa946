import type { LanguageModel } from '../models/language-model.js';
import { tellNames } from '../name-setting.js';
import type { Run } from '../runs/open-run.js';
import type { ChainOptions } from './chain-options.js';
import type { Link } from './link.js';
import type { RowStore } from './row-store.js';
import type { AnyGiven, StepGiven, StepRows } from './step.js';

/** What a step's work gets of a run, whether it is done or only planned. */
export function giveTo(
  { step, stage, values, asked: given, models, rowsAre, seed }: Link,
  {
    store,
    more = {},
    run,
    model,
    options: { out, language = 'en', problemLanguage = 'en', recipe, signal, nameOf, onNote: tell = () => undefined },
    isReading = false,
    onProgress = () => undefined,
  }: {
    readonly store: RowStore;
    readonly more?: StepRows;
    readonly run: Run;
    readonly model: LanguageModel | undefined;
    readonly options: Pick<
      ChainOptions,
      'out' | 'language' | 'problemLanguage' | 'recipe' | 'signal' | 'nameOf' | 'onNote'
    >;
    /** The step is no stage of the run. */
    readonly isReading?: boolean;
    readonly onProgress?: StepGiven<object>['onProgress'];
  },
): AnyGiven {
  const find = <Row extends object>(artifact: string): readonly Row[] | undefined =>
    (more[artifact] ?? store.find(artifact === 'rows' ? rowsAre : artifact)) as readonly Row[] | undefined;
  const take = <Row extends object>(artifact: string): readonly Row[] => {
    const rows = find<Row>(artifact);
    if (rows === undefined) throw new TypeError(`${step.name} took ${artifact}, which it does not name in takes`);
    return rows;
  };
  const stream = <Row extends object>(artifact: string) => store.stream(artifact) as AsyncIterable<Row> | undefined;
  const asked = { settings: values, asked: given, models, model, seed, language, problemLanguage, recipe, rowsAre };
  const onNote = (line: string): void => tell(tellNames(line, (setting) => nameOf?.(setting, step.name) ?? setting));
  const tools = { run, stage: isReading ? undefined : stage, out, signal, onProgress, onNote };
  return { ...asked, ...tools, take, find, stream };
}
