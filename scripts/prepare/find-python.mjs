import { isWindows } from './paths.mjs';
import { capture } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';

const wanted = [3, 10];
const wantedText = wanted.join('.');
const probe =
  'import sys\ntry:\n  import venv, ensurepip; has = 1\nexcept ImportError: has = 0\nprint("%d.%d.%d" % sys.version_info[:3], has)';

/** The command of a Python that can make virtual environments: the one in PYTHON, or the first fit one on the PATH. */
export async function findPython() {
  const named = process.env.PYTHON;
  const candidates = named ? [[named]] : listCandidates();
  const rejected = [];
  for (const candidate of candidates) {
    const [command, ...args] = candidate;
    const { code, output } = await capture({ command, args: [...args, '-c', probe] });
    const match = /^(\d+)\.(\d+)\.(\d+) ([01])\s*$/m.exec(output);
    if (code !== 0 || match === null) continue;
    const version = output.trim().split(' ')[0];
    const isFit = Number(match[1]) > wanted[0] || (Number(match[1]) === wanted[0] && Number(match[2]) >= wanted[1]);
    if (isFit && match[4] === '1') return { command, args, version };
    rejected.push(isFit ? { candidate, version, reason: 'venv' } : { candidate, version, reason: 'old' });
  }
  throw new SetupError(explain({ named, rejected }));
}

function listCandidates() {
  const minors = [14, 13, 12, 11, 10];
  if (isWindows) return [['py', '-3'], ['python'], ['python3']];
  return [['python3'], ['python'], ...minors.map((minor) => [`python3.${minor}`])];
}

function explain({ named, rejected }) {
  const wayOut = `install Python ${wantedText} or newer from https://www.python.org, or name one with the environment variable PYTHON`;
  if (rejected.length === 0) {
    return named
      ? `Cannot make the notebook environment: PYTHON names "${named}", which is no Python that starts; ${wayOut}`
      : `Cannot make the notebook environment: no Python was found; ${wayOut}`;
  }
  const withoutVenv = rejected.find(({ reason }) => reason === 'venv');
  if (withoutVenv !== undefined) {
    const { candidate, version } = withoutVenv;
    return `Cannot make the notebook environment: ${candidate.join(' ')} (${version}) lacks venv; on Debian and Ubuntu type "sudo apt install python3-venv"`;
  }
  const { candidate, version } = rejected[0];
  return `Cannot make the notebook environment: ${candidate.join(' ')} is Python ${version} and ${wantedText} or newer is needed; ${wayOut}`;
}
