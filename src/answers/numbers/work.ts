/**
 * What one judgement may spend, counted in steps of work of about a tenth of a microsecond each. Every loop and recursion that an
 * answer can make long pays here, so that a pair ends after a counted amount of work, whatever the machine and whatever the
 * text. JavaScript runs one judgement at a time, hence one counter for all.
 */
const MAX_STEPS = 1_500_000;

let stepsLeft = Number.POSITIVE_INFINITY;

/** Thrown where the steps are used up; one object for all, because making a stack trace costs more than the work. */
export const workExceeded = new Error('The answer takes more work than an answer may');

/** Runs `work` with a fresh count of steps, or with what is left where it runs inside another; throws `workExceeded`. */
export const withBoundedWork = <T>(work: () => T): T => {
  if (stepsLeft !== Number.POSITIVE_INFINITY) return work();
  stepsLeft = MAX_STEPS;
  try {
    return work();
  } finally {
    stepsLeft = Number.POSITIVE_INFINITY;
  }
};

/** Pays for work that is about to be done. */
export const spendSteps = (count: number): void => {
  stepsLeft -= count;
  if (stepsLeft < 0) throw workExceeded;
};
