import { describe, expect, it } from 'vitest';
import { isNarrowed, nothingChosen, readAddress, type Selection, toggle, writeAddress } from './selection.js';

const chosen: Selection = {
  fields: { level: ['3', '5'], subject: ['a & b=c', '日本'] },
  outcomes: ['wrong', 'cut'],
  marks: ['disagree'],
  quadrant: 'left',
  run: 1,
  query: '#1 \\frac{1}{2}',
  sort: 'tokens',
  isDown: true,
  open: '1:abc',
};

describe('a selection in an address', () => {
  it('comes back as it was', () => {
    expect(readAddress(`#${writeAddress(chosen)}`)).toEqual(chosen);
    expect(writeAddress(nothingChosen)).toBe('');
    expect(readAddress('')).toEqual(nothingChosen);
  });

  it.each(['#o=best&m=odd&p=top&n=-1&n=x&zz=1', '#%', '#f.=&=', `#n=${'9'.repeat(9)}`])(
    'leaves out what it does not know: %s',
    (address) => {
      const { outcomes, marks, quadrant, run } = readAddress(address);
      expect([outcomes, marks, quadrant, run]).toEqual([[], [], undefined, undefined]);
    },
  );

  it('narrows the rows by anything but their order', () => {
    expect(isNarrowed(chosen)).toBe(true);
    expect(isNarrowed({ ...nothingChosen, sort: 'tokens', isDown: true, open: 'a' })).toBe(false);
    expect(isNarrowed({ ...nothingChosen, fields: { level: [] } })).toBe(false);
  });

  it('toggle(values, value) puts in and takes out', () => {
    expect(toggle(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggle(['a', 'b'], 'a')).toEqual(['b']);
  });
});
