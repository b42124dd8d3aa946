import { Template } from '@huggingface/jinja';
import { describe, expect, it } from 'vitest';
import { renderBounded } from './bounded-template.js';
import { renderTemplate } from './chat-template.js';
import { loadModelConfigs } from './model-configs.js';
import { recordedTemplate } from './recorded-templates.js';

const messages = [
  { role: 'user', content: 'How many pens?' },
  { role: 'assistant', content: 'Four.' },
  { role: 'user', content: 'x'.repeat(200_000) },
];

/** x.y is 4,194,304 times the letter a. */
const longText = "{% set x = namespace(y='aa') %}{% for i in range(21) %}{% set x.y = x.y ~ x.y %}{% endfor %}";

describe('renderBounded(source, variables)', () => {
  it.each([
    ['{% for i in range(100000000000) %}a{% endfor %}', /a number above/],
    ['{% for i in range(99999) %}{% endfor %}', /a list of more than/],
    ['{% for i in range(29999) %}{% for j in range(29999) %}{% endfor %}{% endfor %}', /more than 500000 steps/],
    ['{% set a = range(29999) %}{% for i in a %}{% for j in a %}{% endfor %}{% endfor %}', /more than 500000 steps/],
    ['{% for i in range(2000) %}{% for j in range(2000) %}{% if i == j %}{% endif %}{% endfor %}{% endfor %}', /steps/],
    [`{% set x = 'ab' %}${'{% set x = x ~ x %}'.repeat(60)}{{ x }}`, /a text of more than/],
    [`{% set x = [1] %}${'{% set x = x + x %}'.repeat(60)}{{ x }}`, /a list of more than/],
    ["{{ 'a\\nb' | indent(1000000000) }}", /a number above/],
    ['{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}', /./],
    [`{{ ${'('.repeat(50_000)}1${')'.repeat(50_000)} }}`, /./],
    [`{{ ${'['.repeat(20_000)}${']'.repeat(20_000)} }}`, /./],
    ['x'.repeat(1_000_001), /longer than/],
    [`{{ 1 }}${' '.repeat(900_000)}x`, /blanks in a row/],
    [`{{ 1${' '.repeat(900_000)}}}`, /blanks in a row/],
    // A list that holds another twice, which holds another twice, is as long as a book once it is written out
    ...['{{ x.y | tojson }}', '{{ x.y }}', "{{ x.y ~ '' }}", "{{ x.y | join('') }}", "{{ x.y == 'a' }}"].map(
      (use): [string, RegExp] => [
        `{% set x = namespace(y=[1]) %}{% for i in range(40) %}{% set x.y = [x.y, x.y] %}{% endfor %}${use}`,
        /more than 30000 values/,
      ],
    ),
    [
      `{% set x = namespace(y={'a': 1}) %}{% for i in range(40) %}{% set x.y = {'a': x.y, 'b': x.y} %}{% endfor %}{{ x.y | tojson }}`,
      /more than 30000 values/,
    ],
    ['{% set x = namespace(y=1) %}{% set x.y = x %}{{ x }}', /more than 30000 values/],
    [`${longText}{% set a = [x.y, x.y, x.y] %}{{ a | tojson }}`, /characters/],
    ['{% set a = range(400) | list %}{{ [a, a, a, a, a, a] | tojson(indent=1000000) }}', /characters/],
    [`${longText}{% set a = range(60) | list %}{{ [a, a, a, a, a] | tojson(separators=(x.y, x.y)) }}`, /characters/],
    // What V8 looks for character by character, over and over
    [`${longText}{{ (x.y[:100000] ~ 'b' ~ x.y[:100000]) in x.y }}`, /steps/],
    [`${longText}{% set q = x.y[:100000] ~ 'b' ~ x.y[:100000] %}{{ x.y.split(q) }}`, /steps/],
    [`${longText}{% set q = x.y[:2500] ~ 'b' ~ x.y[:2500] %}{{ x.y | replace(q, '') }}`, /steps/],
    [`${longText}{% set q = [x.y[:2500] ~ 'b' ~ x.y[:2500], ''] %}{{ x.y.replace(*q) }}`, /steps/],
    [
      `${longText}{% set t = x.y[:200] %}{% set a = [t, t, t, t, t] %}{% for i in range(9) %}{% set a = a + a %}{% endfor %}{% for i in range(2000) %}{% set b = a | sort %}{% endfor %}`,
      /steps/,
    ],
    ['{{ range(1, 5, 0) }}', /step must not be zero/],
  ])('stops %j', (source, message) => {
    // An endless one would never come back: what stops it counts steps, not seconds
    expect(() => renderBounded(source, {})).toThrow(message);
  });

  it('renders every template of configs/ as the library itself does, a long question included', () => {
    let count = 0;
    for (const [name, config] of Object.entries(loadModelConfigs())) {
      const template = recordedTemplate(config);
      if (template === undefined) continue;
      const variables = {
        messages,
        add_generation_prompt: true,
        bos_token: template.beginToken,
        eos_token: template.endToken,
      };
      const source = template.source.replaceAll('strftime_now', 'fixed_time');
      const given = { ...variables, fixed_time: () => 'now', date_string: '26 Jul 2024' };
      const whole = new Template(source).render(given);
      expect(renderBounded(source, given), name).toBe(whole);
      count += 1;
    }
    expect(count).toBeGreaterThan(10);
  });

  it('is what renders chat templates', () => {
    const hostile = { source: '{% for i in range(100000000000) %}{% endfor %}', beginToken: '', endToken: '' };
    expect(() => renderTemplate(messages, hostile)).toThrow(
      /^Cannot render the model's chat template for the roles user, assistant, user: it makes a number above 1000000, use/,
    );
  });
});
