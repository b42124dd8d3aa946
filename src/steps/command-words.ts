import type { Chosen } from './link.js';
import { flagOf, type Setting } from './setting.js';
import { asksModel } from './step.js';

/**
 * A step as one could type it, without its run directory: settings that are not the defaults, files without their folders. A setting that
 * no flag can hold is left out.
 */
export function commandWords(
  { step, values, models, data = [], type }: Pick<Chosen, 'step' | 'values' | 'models' | 'data' | 'type'>,
  { seed }: { readonly seed: number },
): readonly string[] {
  const named = Object.entries(models).flatMap(([setting, model]) =>
    model === undefined ? [] : [`--${flagOf(setting)}`, model],
  );
  const given = Object.entries<Setting<unknown>>(step.settings).flatMap(([key, setting]) => {
    const { flag, fallback } = setting;
    const value = values[key];
    if (flag === false || JSON.stringify(value) === JSON.stringify(fallback)) return [];
    return wordsOf(`--${flagOf(key, setting)}`, value, setting);
  });
  const files = data.flatMap((file) => ['--data', withoutFolders(file)]);
  const seeded = asksModel(step) ? ['--seed', String(seed)] : [];
  const typed = type === undefined ? [] : ['--type', type];
  return ['mathpie', ...step.command.split(' '), ...named, ...files, ...typed, ...given, ...seeded];
}

function wordsOf(flag: string, value: unknown, { form, valueName }: Setting<unknown>): readonly string[] {
  if (value === undefined || value === null || value === false) return [];
  if (value === true) return [flag];
  if (form.kind === 'value') return form.write === undefined ? [] : [flag, form.write(value)];
  const isFile = valueName === 'FILE' || valueName === 'DIR';
  if (Array.isArray(value)) {
    const texts = value.map((item) => (isFile ? withoutFolders(String(item)) : String(item)));
    return form.kind === 'texts' ? texts.flatMap((text) => [flag, text]) : [flag, texts.join(',')];
  }
  return [flag, isFile ? withoutFolders(String(value)) : String(value)];
}

const withoutFolders = (path: string): string => path.replace(/^.*[\\/]/, '');
