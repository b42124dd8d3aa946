import { defineCommand } from '../declare/command.js';

const marks = { works: '✓', missing: '✗', absent: '–' } as const;

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'Say what works on this machine, what is missing, and the command that mends it',
  usage: '',
  options: {},
  isAboutItself: true,
  examples: ['mathpie doctor', 'mathpie doctor | jq -r "select(.state != \\"works\\").mend"'],
  run: async ({ terminal }) => {
    const { machineEffects, surveyMachine } = await import('../survey-machine.js');
    const findings = await surveyMachine(machineEffects(process.env));
    const width = Math.max(...findings.map(({ part }) => part.length));
    for (const { part, state, found, mend } of findings) {
      terminal.note(`${marks[state]} ${part.padEnd(width)}  ${found}`);
      // Not under what was found: a command that a screen breaks is harder to copy
      if (mend !== null) terminal.note(`    → ${mend}`);
    }
    // A person has read it all just now
    if (!terminal.isRead) for (const finding of findings) terminal.row(finding);
    const missing = findings.filter(({ state }) => state === 'missing').length;
    terminal.note(
      missing === 0
        ? 'All that is needed works; – is for work of its own kind alone'
        : `Missing and needed: ${missing}; mend what ✗ stands before`,
    );
    return missing === 0 ? 0 : 1;
  },
});
