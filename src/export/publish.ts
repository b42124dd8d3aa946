import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { agreeInNumber } from '../agree-in-number.js';
import { CancelledError, HubError, InputError, MathpieError } from '../errors.js';
import { hideSecrets } from '../gpu/hide-secrets.js';
import { named } from '../name-setting.js';
import type { UploadFile, UploadPlan } from './plan-upload.js';

export type Published = {
  readonly url: string;
  /** The commit that was made; null where the hub has all of it already. */
  readonly commit: string | null;
  readonly uploaded: readonly string[];
  /** Files that the hub has already, byte for byte. */
  readonly unchanged: readonly string[];
};

/**
 * Sends the files of a plan to a hub in one commit, through the hub's own client. The repository is made where it is not
 * there; files that are there already are not sent again, so that a cut upload goes on with the same call. Throws `HubError`
 * in one line without the token, and `CancelledError` when it is stopped.
 */
export async function publish(
  plan: UploadPlan,
  { token, signal, onPhase }: { token: string | undefined; signal?: AbortSignal; onPhase?: (phase: string) => void },
): Promise<Published> {
  const accessToken = checkToken(token);
  const hub = await import('@huggingface/hub');
  const repo = { type: 'dataset' as const, name: plan.repo };
  const access = { accessToken, hubUrl: plan.hubUrl.replace(/\/+$/, '') };
  const url = `${access.hubUrl}/datasets/${plan.repo}`;
  try {
    onPhase?.('opening the repository');
    const isNew = await makeRepository(hub, { repo, access, plan });
    const unchanged = isNew ? [] : await findUnchanged(hub, { repo, access, files: plan.files });
    const files = plan.files.filter(({ path }) => !unchanged.includes(path));
    if (files.length === 0) return { url, commit: null, uploaded: [], unchanged };
    const upload = hub.uploadFilesWithProgress({
      ...access,
      repo,
      files: files.map(({ path, file }) => ({ path, content: pathToFileURL(file) })),
      commitTitle: agreeInNumber(`Add ${plan.rows} rows written by mathpie`),
      ...(signal === undefined ? {} : { abortSignal: signal }),
    });
    let step = await upload.next();
    for (; !step.done; step = await upload.next())
      if (step.value.event === 'phase') onPhase?.(phases[step.value.phase]);
    return { url, commit: step.value?.commit.oid ?? null, uploaded: files.map(({ path }) => path), unchanged };
  } catch (error) {
    if (signal?.aborted) throw new CancelledError('Stopped', { cause: error });
    throw error instanceof MathpieError ? error : describeFailure(error, plan, accessToken);
  }
}

const phases = {
  preuploading: 'asking how to send the files',
  uploadingLargeFiles: 'sending large files',
  committing: 'committing',
} as const;

type Hub = typeof import('@huggingface/hub');
type Access = { readonly accessToken: string; readonly hubUrl: string };
type Repository = { readonly type: 'dataset'; readonly name: string };

function checkToken(token: string | undefined): string {
  const trimmed = token?.trim() ?? '';
  if (trimmed === '') throw new InputError('Cannot publish: HF_TOKEN is not set; set it to a token with write access');
  if (!trimmed.startsWith('hf_'))
    throw new InputError(
      'Cannot publish: HF_TOKEN does not begin with hf_, as tokens of the hub do; set it to one of them',
    );
  return trimmed;
}

/** True where the repository was made now. One that is there must be as private as the plan says. */
async function makeRepository(
  hub: Hub,
  { repo, access, plan }: { repo: Repository; access: Access; plan: UploadPlan },
): Promise<boolean> {
  try {
    await hub.createRepo({ ...access, repo, visibility: plan.visibility });
    return true;
  } catch (error) {
    if (!(error instanceof hub.HubApiError) || error.statusCode !== 409) throw error;
  }
  const info = await hub.datasetInfo({ ...access, name: plan.repo });
  if (!info.private && plan.visibility === 'private')
    throw new HubError(
      `Cannot publish to ${plan.repo}: it is there already and public; pass ${named('public')}, or name another repository`,
    );
  return false;
}

/** The paths whose bytes the hub has: by SHA-256 of large files, by git's own hash of the others. */
async function findUnchanged(
  hub: Hub,
  { repo, access, files }: { repo: Repository; access: Access; files: readonly UploadFile[] },
): Promise<readonly string[]> {
  const there = await hub.pathsInfo({ ...access, repo, paths: files.map(({ path }) => path) });
  const unchanged: string[] = [];
  for (const { path, file, bytes } of files) {
    const entry = there.find((each) => each.path === path);
    if (entry === undefined || (entry.lfs?.size ?? entry.size) !== bytes) continue;
    const hash =
      entry.lfs === undefined ? await hashBytes(file, 'sha1', `blob ${bytes}\0`) : await hashBytes(file, 'sha256');
    if (hash === (entry.lfs?.oid ?? entry.oid)) unchanged.push(path);
  }
  return unchanged;
}

async function hashBytes(file: string, algorithm: string, head = ''): Promise<string> {
  const hash = createHash(algorithm).update(head);
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

function describeFailure(error: unknown, { repo, hubUrl }: UploadPlan, token: string): HubError {
  const status = (error as { statusCode?: unknown }).statusCode;
  const code = typeof status === 'number' ? status : undefined;
  const state =
    code === undefined ? 'the connection was cut or never made' : (states[code] ?? `the hub answered ${code}`);
  const wayOut =
    code === undefined || code >= 500 ? 'run the same command again, what arrived is not sent twice' : waysOut[code];
  const told = hideSecrets()(String((error as Error).message ?? ''))
    .replaceAll(token, '…')
    .replace(/\s+/g, ' ')
    .slice(0, 200);
  const line = `Cannot publish to ${repo} at ${hubUrl}: ${state} (${told}); ${wayOut ?? 'see what the hub says'}`;
  // The client's own error is not kept as a cause: its request may hold the token.
  return new HubError(line, { status: code });
}

const states: Readonly<Record<number, string>> = {
  401: 'the hub does not know the token of HF_TOKEN',
  403: 'the token of HF_TOKEN may not write there',
  404: 'there is no such repository or the token may not see it',
  409: 'somebody else committed at the same time',
  412: 'somebody else committed at the same time',
  413: 'the hub finds it too large',
  429: 'the hub wants fewer requests',
};
const waysOut: Readonly<Record<number, string>> = {
  401: 'make a token with write access and set HF_TOKEN to it',
  403: 'give the token write access to the owner, or name another owner',
  404: 'see that the owner is spelt right',
  409: 'run the same command again',
  412: 'run the same command again',
  413: 'split the file',
  429: 'wait some minutes and run the same command again',
};
