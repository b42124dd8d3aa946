import { expect, it } from 'vitest';
import type { Output } from './kernel.js';
import { showClaims } from './show-claims.js';
import { showWorkflow } from './show-workflow.js';

function screen() {
  const outputs: Output[] = [];
  return { outputs, isNotebook: true, show: (output: Output) => void outputs.push(output) };
}

it('showClaims() shows every claim, then throws and names those that do not hold', () => {
  const shown = screen();
  expect(() => showClaims({ 'sums agree': true, '1 < <0>': false }, shown)).toThrow(
    'Cannot confirm 1 of 2 claims: "1 < <0>"',
  );
  expect(shown.outputs[0]?.data['text/plain']).toBe('holds  claim\n✓      sums agree\n✗      1 < <0>');
  expect(String(shown.outputs[0]?.data['text/html'])).toContain('1 &lt; &lt;0&gt;');
});

it('showClaims() is silent about claims that hold', () => {
  expect(() => showClaims({ 'sums agree': true }, screen())).not.toThrow();
});

it('showWorkflow() lights the current step', () => {
  const shown = screen();
  const steps = ['read', 'grow', 'keep'].map((name) => ({ name, detail: '' }));
  showWorkflow({ current: 'grow', steps }, shown);
  const { 'text/html': html, 'text/plain': text } = shown.outputs[0]?.data ?? {};
  expect(text).toBe('read → [grow] → keep');
  expect(String(html).match(/<b /g)).toHaveLength(1);
  expect(() => showWorkflow({ current: 'sleep' }, shown)).toThrow('Cannot light step "sleep"');
});
