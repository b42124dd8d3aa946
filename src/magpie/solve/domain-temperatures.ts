import type { Setting } from '../../steps/setting.js';
import { controlDomains } from '../draw/control-words.js';

type Temperatures = { readonly [domain: string]: number | undefined };

/** Problems of one domain may be solved more loosely than others: `{"algebra": 0.05}`, a key of recipes alone. */
export function domainTemperatures(): Setting<Temperatures | undefined> {
  const temperature = { type: 'number', minimum: 0, maximum: 5 };
  return {
    says: 'for the problems of a domain instead of temperature',
    fallback: undefined,
    flag: false,
    form: {
      kind: 'value',
      schema: {
        type: 'object',
        properties: Object.fromEntries(controlDomains.map((domain) => [domain, temperature])),
        additionalProperties: false,
      },
      check: (value) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'give {"DOMAIN": T}';
        for (const [domain, found] of Object.entries(value)) {
          if (!controlDomains.some((known) => known === domain)) {
            return `${domain}: unknown key (known are ${controlDomains.join(', ')})`;
          }
          if (!(typeof found === 'number' && found >= 0 && found <= 5)) return `${domain}: give a number from 0 to 5`;
        }
        return undefined;
      },
    },
  };
}
