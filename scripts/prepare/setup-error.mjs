/** One line for the person at the keyboard: the action, the state, the way out. Shown without a stack. */
export class SetupError extends Error {
  constructor(message) {
    super(message);
    this.name = 'SetupError';
  }
}

/** Runs a script's main function; a SetupError becomes one line on stderr and exit code 1. */
export function runMain(main) {
  main().then(
    (code) => {
      process.exitCode = code === undefined ? 0 : code;
    },
    (error) => {
      const isExpected = error instanceof Error && error.name === 'SetupError';
      process.stderr.write(`${isExpected ? error.message : error.stack}\n`);
      process.exitCode = 1;
    },
  );
}
