import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recipeNames } from '../../storage/recipe-files.js';
import { allCommands } from '../run-command-line.js';
import { formatCompletion } from './format-completion.js';

const isThere = (shell: string) => ['/usr/bin', '/bin'].some((folder) => existsSync(`${folder}/${shell}`));

/** What the shell offers for a line, whose last word is the one that is being typed. */
function complete(words: readonly string[]): string[] {
  const script = `${formatCompletion('bash', allCommands())}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _mathpie; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const said = execFileSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' });
  return said.split('\n').filter((line) => line !== '');
}

describe.runIf(isThere('bash'))('completion in bash', () => {
  it.each([
    [['mathpie', 'gr'], ['grade']],
    [['mathpie', 'magpie', 'ins'], ['instruct']],
    [
      ['mathpie', 'train', ''],
      ['sft', 'dpo'],
    ],
    [['mathpie', 'grade', '--pre'], ['--preset']],
    [['mathpie', 'grade', '--preset', 'metamath-g'], ['metamath-gsm8k']],
    [['mathpie', 'magpie', 'instruct', '--coun'], ['--count']],
    [['mathpie', 'augment', '--technique', 'fo'], ['fobar']],
    [
      ['mathpie', 'completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['mathpie', 'ablate', '--recipe', ''], recipeNames(['ablation'])],
    [['mathpie', 'train', 'sft', '--recipe', ''], recipeNames(['sft'])],
    [['mathpie', 'train', 'dpo', '--recipe', ''], recipeNames(['dpo'])],
    [
      ['mathpie', 'grade', '--policy', 'perc'],
      ['percent=either', 'percent=number', 'percent=fraction'],
    ],
    [['mathpie', 'grade', '--policy', 'rel'], ['relativeTolerance=']],
    [['mathpie', 'grade', 'my'], []],
    [['mathpie', 'grade', '--out', 'x'], []],
  ])('%j offers %j', (words, offered) => {
    expect(complete(words)).toEqual(offered);
  });
});

describe('completion in zsh and fish', () => {
  it('names every command and flag', () => {
    for (const shell of ['zsh', 'fish'] as const) {
      const script = formatCompletion(shell, allCommands());
      for (const { name, options } of allCommands()) {
        for (const word of [...name.split(' '), ...Object.keys(options)]) expect(script).toContain(word);
      }
    }
  });

  it.runIf(isThere('fish'))('is read by fish', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mathpie-completion-')); // fish reads no script from a pipe
    writeFileSync(join(folder, 'mathpie.fish'), formatCompletion('fish', allCommands()));
    execFileSync('fish', ['--no-execute', join(folder, 'mathpie.fish')]);
    rmSync(folder, { recursive: true });
  });

  it.runIf(isThere('zsh'))('is read by zsh', () => {
    execFileSync('zsh', ['-n'], { input: formatCompletion('zsh', allCommands()) });
  });
});
