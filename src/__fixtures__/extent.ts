/** Whether a test does all that it can: at night (`npm run test:nightly -- whole`), where minutes do not matter. */
const isWhole = process.env.MATHPIE_WHOLE === '1';

/** Of what a test goes through: what each change waits for, and at night everything. */
export const eachChange = <Part, Whole>(part: Part, whole: Whole): Part | Whole => (isWhole ? whole : part);
