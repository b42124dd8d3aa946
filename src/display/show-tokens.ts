import { percent } from './figures/label.js';
import { findScreen, type Screen, showHtml } from './kernel.js';
import { renderText } from './render-text.js';
import { visibleToken } from './visible-token.js';

export type TokenToShow = {
  readonly token: string;
  /** Natural logarithm; absent for tokens that were given and not chosen. */
  readonly logProbability?: number;
};

/** A text that runs on for ever must not fill the notebook. */
const mostTokens = 400;

/**
 * Shows a text token by token. The less likely a token was, the darker it is; below it stands its probability, where the model was
 * not sure (under 99.5 %).
 */
export function showTokens(tokens: readonly TokenToShow[], screen: Screen = findScreen()): void {
  const text = tokens.slice(0, mostTokens).map((one) => `${visibleToken(one.token)}${spaced(describe(one))}`);
  showHtml(renderTokens(tokens), { text: text.join(' | ') }, screen);
}

/** The same as HTML; every token is escaped. */
export function renderTokens(tokens: readonly TokenToShow[]): string {
  const boxes = tokens.slice(0, mostTokens).map((one) => {
    const shade = `background-color:rgba(213,94,0,${shadeOf(one.logProbability)})`;
    const label = describe(one);
    return [
      '<span style="display:inline-block;margin:1px;text-align:center;vertical-align:top">',
      `<code style="display:block;padding:1px 2px;${shade}">${renderText(visibleToken(one.token))}</code>`,
      `<small>${label === '' ? '&nbsp;' : label}</small></span>`,
    ].join('');
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
