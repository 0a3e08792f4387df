/** Exit codes of the command line. */
export const EXIT = { OK: 0, FAILED: 1, USAGE: 2 } as const;
