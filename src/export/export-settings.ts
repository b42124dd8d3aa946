import { overlapWords } from '../selection/overlap-words.js';
import { choice, flag, number, text, texts } from '../steps/setting.js';
import { noLicence } from './decide-licence.js';

/** What makes no difference to the rows, but to their card: an export that has finished is made again where it has changed. */
export const cardInputs = ({
  title,
  licence,
}: {
  readonly title?: string | undefined;
  readonly licence?: string | undefined;
}) => ({
  card: JSON.stringify({ title, licence }),
});

/** For sets that are trained on as they are: a part that nobody trains on. */
export const testShareSetting = number({
  valueName: 'X',
  says: 'share of the problems whose rows go to a file of their own for tests, NAME.test.jsonl; the text of a problem decides',
  fallback: undefined,
  minimum: 0.0001,
  maximum: 0.9,
});

/** What a data set card is told by whoever makes the set, and what the set is kept apart from. */
export const exportSettings = {
  tests: texts({
    flag: 'test',
    valueName: 'FILE',
    isRead: true,
    says: `test set that no row may overlap with (${overlapWords} words in a row); may be given again`,
  }),
  thinking: choice({
    says: 'what a model thought before an answer: left out, or written in front of it in the marks of the model to be trained',
    words: ['drop', 'keep'],
    fallback: 'drop',
  }),
  target: text({
    valueName: 'MODEL',
    says: 'the model to be trained, or a family of configs/thinking.json: its marks are written; <think> when left out',
  }),
  dropBrokenSteps: flag({
    says: 'leave out rows with a line of work that does not hold, or that computes with a number from nowhere; of pairs, the preferred response counts',
  }),
  licence: text({
    valueName: 'NAME',
    says: `licence of the set, as hubs call it (cc-by-4.0, mit, …); when left out that of all it was made of, ${noLicence} where they differ or one is not known`,
    isBinding: false,
  }),
  title: text({ says: 'title of the card; the file’s name when left out', isBinding: false }),
};
