import { InputError } from '../../errors.js';
import { defineCommand } from '../declare/command.js';
import { formatCompletion, shells } from '../declare/format-completion.js';

export const completion = defineCommand({
  name: 'completion',
  summary: 'Print a script that completes commands, flags and their words in a shell',
  usage: shells.join('|'),
  positionals: [shells.join('|')],
  options: {},
  isAboutItself: true,
  examples: [
    'mathpie completion bash >> ~/.bashrc',
    'mathpie completion zsh >> ~/.zshrc',
    'mathpie completion fish > ~/.config/fish/completions/mathpie.fish',
  ],
  run: async ({ positionals: [word = ''], terminal }) => {
    const shell = shells.find((each) => each === word);
    if (shell === undefined) {
      throw new InputError(`Cannot complete in ${JSON.stringify(word)}: choose one of ${shells.join(', ')}`);
    }
    const { allCommands } = await import('../run-command-line.js');
    terminal.text(formatCompletion(shell, allCommands()));
  },
});
