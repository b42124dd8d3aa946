import { colors, fontFamily } from '../figures/theme.js';

/** The style sheet of a report's page: light and dark after the reader's system, and a plain one for paper. */
export const reportStyle = `
:root { color-scheme: light dark; --ink: #1f2328; --soft: #59636e; --paper: #ffffff; --card: #f6f8fa; --edge: #d9dee4;
  --link: #1b5e9e; --right-text: #1f6fb2; --wrong-text: #b3430c; --right: ${colors.blue}; --wrong: ${colors.vermilion}; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --soft: #9aa4b0; --paper: #14171b; --card: #1d2127; --edge: #343b44;
  --link: #7db9ec; --right-text: #7db9ec; --wrong-text: #ff9b5e; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 ${fontFamily}; }
main { max-width: 780px; margin: 0 auto; padding: 40px 24px 80px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 6px; letter-spacing: -0.01em; }
h2 { font-size: 21px; margin: 52px 0 14px; padding-top: 18px; border-top: 1px solid var(--edge); }
.lead { color: var(--soft); margin: 0 0 22px; }
nav { font-size: 14px; color: var(--soft); margin: 0 0 28px; display: flex; flex-wrap: wrap; gap: 4px 16px; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
p { margin: 0 0 14px; }
code { font: 0.88em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(132px, 1fr)); gap: 12px; margin: 0 0 22px; }
.fact { background: var(--card); border: 1px solid var(--edge); border-radius: 10px; padding: 14px 16px; display: flex; flex-direction: column; }
.fact strong { font-size: 26px; line-height: 1.15; font-variant-numeric: tabular-nums; }
.fact span { margin-top: 4px; } .fact small { color: var(--soft); }
figure { margin: 20px 0 26px; } figcaption { color: var(--soft); font-size: 14px; margin-top: 4px; }
.still svg { max-width: 100%; height: auto; display: block; fill: var(--soft); }
.drawn .still { display: none; }
/* A table that is wider than its box has a shadow where more of it lies: what moves with the table hides the shadow at its ends */
.scroll { overflow-x: auto; margin: 0 0 22px; --fall: color-mix(in srgb, var(--ink) 32%, transparent); background:
  linear-gradient(90deg, var(--paper) 14px, transparent) 0 0 / 40px 100% no-repeat local,
  linear-gradient(270deg, var(--paper) 14px, transparent) 100% 0 / 40px 100% no-repeat local,
  linear-gradient(90deg, var(--fall), transparent) 0 0 / 14px 100% no-repeat scroll,
  linear-gradient(270deg, var(--fall), transparent) 100% 0 / 14px 100% no-repeat scroll; }
table { border-collapse: collapse; width: 100%; font-size: 14.5px; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: 6px; }
caption span { display: inline-block; position: sticky; left: 0; max-width: min(100%, calc(100vw - 48px)); }
th { text-align: left; font-weight: 600; color: var(--soft); border-bottom: 2px solid var(--edge); padding: 6px 14px 6px 0; white-space: nowrap; }
td { border-bottom: 1px solid var(--edge); padding: 6px 14px 6px 0; vertical-align: top; overflow-wrap: anywhere; }
/* Narrower than this, a text is a tower of words */
td:not(.number) { min-width: min(9em, 36vw); }
th.number, td.number { text-align: right; white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
.example { border: 1px solid var(--edge); border-left: 4px solid var(--right); border-radius: 8px; padding: 14px 18px; margin: 0 0 16px; background: var(--card); }
.example.wrong { border-left-color: var(--wrong); }
.example header { display: flex; flex-wrap: wrap; gap: 2px 16px; font-size: 14px; color: var(--soft); margin-bottom: 8px; }
.example header b { color: var(--right-text); } .example.wrong header b { color: var(--wrong-text); }
.example .question { font-weight: 500; margin-bottom: 8px; white-space: pre-wrap; overflow-wrap: anywhere; }
.example .response { white-space: pre-wrap; overflow-wrap: anywhere; }
/* MathML breaks no lines: what a formula makes wider than its place moves in it */
.example header span, .example .question, .example .response { max-width: 100%; overflow-x: auto; overflow-y: hidden;
  scrollbar-width: thin; padding-block: 2px; }
math { font-size: 1.05em; overflow-wrap: normal; white-space: nowrap; }
menclose { border: 1px solid currentColor; border-radius: 3px; padding: 1px 5px; }
footer { margin-top: 56px; color: var(--soft); font-size: 13px; }
@page { margin: 16mm; }
@media print {
  :root { --ink: #000; --soft: #444; --link: #1b5e9e; --right-text: #1f6fb2; --wrong-text: #b3430c; --paper: #fff; --card: #fff; --edge: #bbb; }
  body { font-size: 11pt; } main { max-width: none; padding: 0; } nav { display: none; }
  h2 { break-after: avoid; } figure, .example, tr, .fact { break-inside: avoid; }
  .drawn .still { display: block; } .live { display: none; }
}
`;
