import { describe, expect, it } from 'vitest';
import { cell } from './markdown.js';

describe('cell(text)', () => {
  it.each([
    ['id > 1', 'id &gt; 1'],
    ['tokens <= 2000', 'tokens &lt;= 2000'],
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
    ['a | b', 'a b'],
    ['`code`', 'code'],
    ['[text](link)', '[text] (link)'],
    ['R & D', 'R & D'],
    ['a\n\n# b', 'a # b'],
    ['a\u001b[31mb\u202ec\u2066', 'a [31mb c'],
  ])('%j is shown as %j', (text, shown) => expect(cell(text)).toBe(shown));
});
