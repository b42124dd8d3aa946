import { overlapWords } from '../../selection/overlap-words.js';
import { texts } from '../../steps/setting.js';

/** Test sets that no problem may come from. */
export const testsSetting = texts({
  flag: 'test',
  valueName: 'FILE',
  isRead: true,
  says: `leave out problems that are in this test set, or share ${overlapWords} words in a row with one of it; may be given again`,
});
