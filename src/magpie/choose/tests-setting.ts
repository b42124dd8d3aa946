import { texts } from '../../steps/setting.js';

/** Test sets that no problem may come from. */
export const testsSetting = texts({
  flag: 'test',
  valueName: 'FILE',
  says: 'leave out problems that are in this test set, or share ten words with one of it; may be given again',
});
