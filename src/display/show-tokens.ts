import { percent } from './figures/label.js';
import { findScreen, type Screen, showHtml } from './kernel.js';
import { renderText } from './render-text.js';
import { visibleToken } from './visible-token.js';

export type TokenToShow = {
  readonly token: string;
  /** Natural logarithm; absent for tokens that were given and not chosen. */
  readonly logProbability?: number;
  /** Drawn in bold. */
  readonly isSpecial?: boolean;
};

const boxStyle = 'display:block;padding:0 2px;border:1px solid rgba(128,136,148,0.4)';

/** A text that runs on for ever must not fill the notebook. */
const mostTokens = 400;

/**
 * Shows a text token by token, each in a box. The less likely a token was, the darker it is; below it stands its probability, where the model was
 * not sure (under 99.5 %).
 */
export function showTokens(tokens: readonly TokenToShow[], screen: Screen = findScreen()): void {
  const text = tokens.slice(0, mostTokens).map((one) => `${visibleToken(one.token)}${spaced(describe(one))}`);
  showHtml(renderTokens(tokens), { text: text.join(' | ') }, screen);
}

/** The same as HTML; every token is escaped. */
export function renderTokens(tokens: readonly TokenToShow[]): string {
  const isGiven = tokens.every(({ logProbability }) => logProbability === undefined);
  const boxes = tokens.slice(0, mostTokens).map((one) => {
    const shade = `background-color:rgba(213,94,0,${shadeOf(one.logProbability)})`;
    const text = renderText(visibleToken(one.token));
    const below = isGiven ? '' : `<small>${describe(one) || '&nbsp;'}</small>`;
    const box = `<code style="${boxStyle};${shade}">${one.isSpecial ? `<b>${text}</b>` : text}</code>`;
    return `<span style="display:inline-block;margin:1px;text-align:center">${box}${below}</span>`;
  });
  const rest = tokens.length - mostTokens;
  return `<div style="line-height:1.3">${boxes.join('')}${rest > 0 ? `<i>… ${rest} more tokens</i>` : ''}</div>`;
}

/** From 0 for a sure token to 0.6 for one of a probability of 1 % or less, on a scale of logarithms. */
function shadeOf(logProbability = 0): number {
  const tenfolds = Math.min(2, -logProbability / Math.LN10);
  return Math.max(0, Math.round(30 * tenfolds) / 100);
}

function describe({ logProbability }: TokenToShow): string {
  const probability = Math.exp(logProbability ?? 0);
  if (probability >= 0.995) return '';
  return probability < 0.001
    ? '<0.1%'.replace('<', '&lt;')
    : percent(probability, { digits: probability < 0.01 ? 1 : 0 });
}

const spaced = (label: string): string => (label === '' ? '' : ` ${label.replace('&lt;', '<')}`);
