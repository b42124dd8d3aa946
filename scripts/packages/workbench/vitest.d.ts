/** What src/answers/vitest.ts adds matchers to, for the build: a clone that runs no tests has no Vitest. Tests and users see Vitest's own. */
// biome-ignore lint/suspicious/noExplicitAny: as in Vitest's own
export interface Matchers<T = any> {
  toBe(expected: unknown): T;
}
