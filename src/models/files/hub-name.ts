import { InputError } from '../../errors.js';

/** A GGUF file on the Hugging Face hub, as a model string names it. */
export type HubName = {
  readonly repo: string;
  /** A branch, a tag or a commit. */
  readonly revision: string;
  /** The path in the repository; undefined where a quantisation, or nothing, is said. */
  readonly file?: string | undefined;
  /** Such as `Q4_K_M`; any case. */
  readonly quantisation?: string | undefined;
};

/**
 * Takes `OWNER/REPO/FILE.gguf`, `OWNER/REPO:Q4_K_M` or `OWNER/REPO` apart; a revision stands behind the repository, as `OWNER/REPO@v1:Q8_0`.
 * Throws `InputError`.
 */
export function parseHubName(text: string): HubName {
  const part = '[A-Za-z0-9](?:[\\w.-]{0,94}[A-Za-z0-9_])?';
  const form = new RegExp(`^(${part}/${part})(?:@([\\w./-]{1,100}?))?(?::([\\w.-]{1,40})|/(.+\\.gguf))?$`);
  const [, repo, revision = 'main', quantisation, file] = form.exec(text) ?? [];
  const isOutside = file
    ?.split('/')
    .some((piece) => piece === '' || piece === '.' || piece === '..' || /[\\\0]/.test(piece));
  if (repo === undefined || isOutside) {
    throw new InputError(
      `Cannot open model "hf:${text}": write it as hf:OWNER/REPO/FILE.gguf, or hf:OWNER/REPO:Q4_K_M with the word of a quantisation`,
    );
  }
  return { repo, revision, file, quantisation };
}

/**
 * The one GGUF file of these that a name means. Throws `InputError` with those that there are; parts of one model, and the projectors of
 * models that see, are none.
 */
export function chooseGguf(paths: readonly string[], { repo, file, quantisation }: HubName): string {
  const all = paths.filter((path) => path.toLowerCase().endsWith('.gguf') && !isBeside(path));
  const refuse = (state: string, wayOut: string): InputError =>
    new InputError(`Cannot open a model of ${repo}: ${state}; ${wayOut}`);
  if (all.length === 0)
    throw refuse('it holds no GGUF file', `use vllm:${repo} on a GPU, or a repository that ends in -GGUF`);
  if (file !== undefined) {
    if (all.includes(file)) return file;
    throw refuse(`it has no ${file}`, `it has ${listed(all)}`);
  }
  const whole = all.filter((path) => !/-\d{5}-of-\d{5}\.gguf$/i.test(path));
  const ofWord = (word: string): readonly string[] => whole.filter((path) => quantisationOf(path) === word);
  const word = quantisation?.toUpperCase();
  const exact = word === undefined ? whole : ofWord(word);
  const wanted = exact.length === 0 ? ofWord(`UD-${word}`) : exact;
  const [only] = wanted;
  if (only !== undefined && wanted.length === 1) return only;
  if (wanted.length > 1) throw refuse(`${wanted.length} files fit`, `name one of ${listed(wanted)}`);
  const words = [...new Set(whole.flatMap((path) => quantisationOf(path) ?? []))];
  const isSplit =
    quantisation !== undefined && all.some((path) => path.toUpperCase().includes(quantisation.toUpperCase()));
  if (isSplit) throw refuse(`${quantisation} is kept in parts`, `choose one in a single file: ${listed(words)}`);
  throw refuse(`it has no ${quantisation}`, `it has ${listed(words)}`);
}

/** What lies beside models: projectors of those that see, and the importances that a file was quantised by. */
const isBeside = (path: string): boolean =>
  /(?:^|\/)mmproj/i.test(path) || (/(?:^|[-._/])imatrix[^/]*\.gguf$/i.test(path) && quantisationOf(path) === undefined);

/** The word of a quantisation at the end of a file's name: `Q4_K_M` of `model-Q4_K_M.gguf`; `UD-` in front is Unsloth's own mix, a word of its own. */
export function quantisationOf(path: string): string | undefined {
  const found = /(?:^|[-._/])((?:UD-)?(?:I?Q\d|TQ\d|F16|F32|BF16|MXFP4)[A-Z0-9_]*)(?:-\d{5}-of-\d{5})?\.gguf$/i.exec(
    path,
  )?.[1];
  return found?.toUpperCase();
}

const listed = (names: readonly string[]): string =>
  `${names.slice(0, 12).join(', ')}${names.length > 12 ? ` and ${names.length - 12} more` : ''}`;
