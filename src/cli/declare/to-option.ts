import { InputError } from '../../errors.js';
import { flagOf, type Setting, type SettingForm, type Settings } from '../../steps/setting.js';
import { choice, decimal, decimals, flag, integer, type Option, type Options, text, texts, words } from './option.js';

/** The flags of a step's settings, by the name of the flag; keys that no flag can hold are left out. */
export function toOptions(settings: Settings): Options {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, setting]) =>
      setting.flag === false ? [] : [[flagOf(key, setting), toOption(setting)] as const],
    ),
  );
}

/** The values of settings from those of their flags. */
export function fromFlags(
  settings: Settings,
  values: { readonly [flag: string]: unknown },
): { readonly [setting: string]: unknown } {
  return Object.fromEntries(
    Object.entries(settings).map(([key, setting]) => [
      key,
      setting.flag === false ? setting.fallback : values[flagOf(key, setting)],
    ]),
  );
}

function toOption({ says, valueName, fallback, form, isRequired = false }: Setting<unknown>): Option<unknown> {
  const described = { description: says, ...(valueName === undefined ? {} : { valueName }), fallback };
  const option = (): Option<unknown> => {
    switch (form.kind) {
      case 'integer':
        return integer({ ...described, ...form } as Parameters<typeof integer>[0]);
      case 'number':
        return decimal({ ...described, ...form } as Parameters<typeof decimal>[0]);
      case 'numbers':
        return decimals({ ...described, ...form } as Parameters<typeof decimals>[0]);
      case 'text':
        return text(described);
      case 'texts':
        return texts(described);
      case 'flag':
        return flag(described);
      case 'choice':
        return choice({ ...described, ...form } as Parameters<typeof choice>[0]);
      case 'words':
        return words({ ...described, ...form } as Parameters<typeof words>[0]);
      case 'value':
        return { ...text(described), parse: (value, flag) => readValue(form, { value, flag }), ...combining(form) };
    }
  };
  return { ...option(), fallback, isRequired };
}

type ValueForm = Extract<SettingForm, { readonly kind: 'value' }>;

function readValue({ read = JSON.parse }: ValueForm, { value, flag }: { value: string; flag: string }): unknown {
  try {
    return read(value);
  } catch (error) {
    if (!(error instanceof InputError) || error.message.startsWith('Cannot')) throw error;
    throw new InputError(`Cannot use --${flag} ${JSON.stringify(value.slice(0, 40))}: ${error.message}`);
  }
}

const combining = ({ combine }: ValueForm): Partial<Option<unknown>> => (combine === undefined ? {} : { combine });
