import { describe, expect, it } from 'vitest';
import { PromptError } from '../errors.js';
import { renderPrompt, templateVariables } from './render-prompt.js';

describe('renderPrompt()', () => {
  it.each([
    ['{question}', { question: 'How many?' }, 'How many?'],
    ['{question}\n{answer}', { question: 'q', answer: '3' }, 'q\n3'],
    ['{a} and {a}', { a: 'x' }, 'x and x'],
    ['in \\boxed{}: {q}', { q: '1' }, 'in \\boxed{}: 1'],
    ['\\frac{3}{4} {q}', { q: '$&' }, '\\frac{3}{4} $&'],
    ['{q}', { q: '{q} {answer}' }, '{q} {answer}'],
    ['no variable', {}, 'no variable'],
    ['\\frac{{a}}{{b}} of {q}', { q: '1' }, '\\frac{a}{b} of 1'],
    ['\\boxed{{{q}}}', { q: '1' }, '\\boxed{1}'],
    ['x^{2^{3}} {q}', { q: '1' }, 'x^{2^{3}} 1'],
    ['{{q}}', {}, '{q}'],
  ])('%j with %j is %j', (template, values, expected) => {
    expect(renderPrompt(template, { name: 'test', values: values as Record<string, string> })).toBe(expected);
  });

  it.each([
    ['{question} {answer}', { question: 'q' }, 'Cannot render prompt "fobar": missing variables "answer"'],
    ['{x} {y}', {}, 'Cannot render prompt "fobar": missing variables "x", "y"'],
    ['{x}', { x: '1', y: '2' }, 'Cannot render prompt "fobar": unused variables "y"'],
    ['{x}', { y: '2' }, 'Cannot render prompt "fobar": missing variables "x", unused variables "y"'],
    ['{toString}', {}, 'Cannot render prompt "fobar": missing variables "toString"'],
  ])('%j with %j throws %j', (template, values, expected) => {
    const render = () => renderPrompt(template, { name: 'fobar', values: values as Record<string, string> });
    expect(render).toThrow(PromptError);
    expect(render).toThrow(expected);
  });

  it('templateVariables() names each variable once, in order', () => {
    expect(templateVariables('{b} {a} {b} {} {1} {{c}} \\boxed{{{d}}}')).toEqual(['b', 'a', 'd']);
  });
});
