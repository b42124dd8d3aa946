/** Invisible (word joiner): a message that nobody translates reads as it should. */
const mark = '\u2060';

/**
 * A setting in the text of an error. Who shows the error puts the caller's word for it: a flag (`--reward-model`), a key of a recipe
 * (`models.rewards`), or the field of an options object (`rewardModel`), which is what stands there until then.
 */
export function named(setting: string): string {
  return `${mark}${setting}${mark}`;
}

/** The text with the caller's words for its settings. */
export function tellNames(message: string, tell: (setting: string) => string): string {
  return message.replace(new RegExp(`${mark}([^${mark}]+)${mark}`, 'g'), (_, setting: string) => tell(setting));
}
