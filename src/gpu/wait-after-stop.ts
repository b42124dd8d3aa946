/**
 * How long what was told to stop (Ctrl-C, SIGTERM) may take to end in good order, in milliseconds; then it is ended by force. A command's records
 * are on disk as they are made, a script saves a checkpoint first (`--grace` sets another time), an arm of an
 * ablation has one of some steps ago, an engine lets its requests go.
 */
export const waitAfterStopMs = { command: 1500, script: 600_000, arm: 1000, session: 20_000 } as const;
