import type { Refusals } from './learn-refusals.js';

/** What was odd in an endpoint's answers and was set right on the way; each is told once. */
export type Notices = {
  /** Answers without `usage`, whose tokens were estimated. */
  estimated: number;
  /** Characters that are no text: NUL, and halves of a pair. */
  replaced: number;
  readonly finishWords: Set<string>;
  /** Answers for which a temperature above the endpoint's highest was asked. */
  maxTemperature: number | undefined;
};

export const noNotices = (): Notices => ({
  estimated: 0,
  replaced: 0,
  finishWords: new Set(),
  maxTemperature: undefined,
});

/** A line each, for people, the manifest and the card. */
export function noticeLines(
  { estimated, replaced, finishWords, maxTemperature }: Notices,
  refusals: Refusals,
): string[] {
  return [
    ...refusals.lines(),
    ...(maxTemperature === undefined ? [] : [`temperature was ${maxTemperature}, the highest that the endpoint knows`]),
    ...(estimated > 0
      ? [`${estimated} answers told no usage: their tokens are estimated, one for ${charactersPerToken} characters`]
      : []),
    ...(replaced > 0 ? [`${replaced} characters that are no text (NUL, half a pair) became U+FFFD`] : []),
    ...[...finishWords].map((word) => `finish_reason ${JSON.stringify(word)} is unknown: it was read as a stop`),
  ];
}

/** English in most vocabularies. */
export const charactersPerToken = 4;

export const estimateTokens = (text: string): number => Math.ceil(text.length / charactersPerToken);

/** Lone surrogates and NUL would break files, databases and other languages' JSON readers. */
export function cleanText(text: string, notices: Notices): string {
  return text.replace(/\p{Surrogate}|\0/gu, () => {
    notices.replaced++;
    return '\uFFFD';
  });
}
