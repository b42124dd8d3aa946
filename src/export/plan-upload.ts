import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../errors.js';
import { readExportNote } from './export-note.js';
import { validateExport } from './validate-export.js';
import { cardMarker } from './write-card.js';

export type UploadFile = { readonly path: string; readonly file: string; readonly bytes: number };

/** What `publish` would send, and where. */
export type UploadPlan = {
  readonly repo: string;
  readonly hubUrl: string;
  readonly visibility: 'private' | 'public';
  readonly rows: number;
  readonly files: readonly UploadFile[];
  /** The file that becomes README.md. */
  readonly card: string;
  /** What should be thought about first; nothing that forbids the upload. */
  readonly warnings: readonly string[];
};

/** The hub takes no larger file. In bytes. */
const largestFile = 50e9;

/**
 * Looks at an exported file and its card as a hub would get them. Sends nothing. Throws `InputError` for a set that nobody
 * should get: from a run that is not complete, changed since its export, with a row that is none, too large, or without its card.
 */
export async function planUpload({
  file,
  repo,
  isPublic = false,
  hubUrl = 'https://huggingface.co',
}: {
  file: string;
  repo: string;
  isPublic?: boolean;
  hubUrl?: string;
}): Promise<UploadPlan> {
  checkTarget(repo, hubUrl);
  const note = await readExportNote(file);
  if (note.unfinished.length > 0) {
    throw new InputError(
      `Cannot publish ${file}: its run was not complete (${note.unfinished.join(', ')} had not ended); finish the run and export it again`,
      { file },
    );
  }
  if (note.rows === 0)
    throw new InputError(`Cannot publish ${file}: it has no rows; export a run that has some`, { file });
  const test = note.test && join(dirname(file), note.test.file);
  const rows =
    (await validateExport(file, { shape: note.shape })) +
    (test === undefined ? 0 : await validateExport(test, { shape: note.shape }));
  const card = join(dirname(file), note.card);
  const text = await readFile(card, 'utf8').catch(() => '');
  if (!text.includes(cardMarker))
    throw new InputError(`Cannot publish ${file}: its card ${card} is gone or not from mathpie; export it again`, {
      file,
    });
  const files = await Promise.all(
    [
      { path: 'README.md', file: card },
      { path: basename(file), file },
      ...(test === undefined ? [] : [{ path: basename(test), file: test }]),
    ].map(async (each) => ({ ...each, bytes: (await stat(each.file)).size })),
  );
  const large = files.find(({ bytes }) => bytes > largestFile);
  if (large !== undefined)
    throw new InputError(
      `Cannot publish ${large.file}: ${(large.bytes / 1e9).toFixed(1)} GB, the hub takes 50 GB a file; split it`,
      {
        file: large.file,
      },
    );
  const warnings = [
    ...(note.tests.length === 0 ? ['Overlap with test sets was not checked: export again with a test set'] : []),
    ...(/^license: "other"$/m.test(text) ? ['No licence is chosen: export again with one'] : []),
    ...(isPublic ? ['Everybody will be able to read it'] : []),
  ];
  return { repo, hubUrl, visibility: isPublic ? 'public' : 'private', rows, files, card, warnings };
}

function checkTarget(repo: string, hubUrl: string): void {
  if (!/^[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9][\w.-]{0,95}$/.test(repo))
    throw new InputError(`Cannot publish to ${JSON.stringify(repo.slice(0, 80))}: give OWNER/NAME`);
  const url = URL.canParse(hubUrl) ? new URL(hubUrl) : undefined;
  const isLocal = url !== undefined && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (url === undefined || (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)))
    throw new InputError(
      `Cannot publish to ${JSON.stringify(hubUrl.slice(0, 80))}: give an https:// address, so that the token is not sent in the clear`,
    );
}
