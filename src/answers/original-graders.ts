/**
 * Published graders reproduced, faults included, as `mathpie/original-graders`: the `gradeResponse` of `mathpie`, which takes a `preset` beside
 * what that of `mathpie/answers` takes. No dependency and nothing of Node.
 *
 * @module
 */

export type { Grade } from './grade/grade-response.js';
export { gradeResponse, type PresetName, type PresetRequest, presetNames } from './grade/grade-with-preset.js';
