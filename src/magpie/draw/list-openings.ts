import type { LanguageModel } from '../../models/language-model.js';
import { type MixPart, planMix } from './mix.js';
import { askOpening, openUserTurn } from './open-user-turn.js';

export type OpeningRow = {
  /** Such as `algebra/hard`; `all` without a mix. */
  readonly part: string;
  readonly problems: number;
  /** The text that the model continues, as JSON, so that line ends can be seen. */
  readonly opening: string;
};

/**
 * The text in front of each part's open user turn, as `instruct` gives it to the model, and how many problems the part owes. Throws `ModelError`
 * as `instruct` would, before the first token.
 */
export async function listOpenings(
  model: LanguageModel,
  {
    count,
    mix,
    preQuery,
  }: { readonly count: number; readonly mix?: readonly MixPart[] | undefined; readonly preQuery?: string | undefined },
): Promise<readonly OpeningRow[]> {
  const told = await askOpening(model, { preQuery });
  return planMix(mix, { count }).map(({ key, count: problems, systemPrompt }) => {
    const { preQuery: opening } = openUserTurn(model, systemPrompt, { preQuery, told });
    return { part: key === '' ? 'all' : key, problems, opening: JSON.stringify(opening) };
  });
}
