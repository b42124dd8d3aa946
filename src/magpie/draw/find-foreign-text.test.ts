import { describe, expect, it } from 'vitest';
import { hasMixedScripts, holdsCode } from './find-foreign-text.js';

describe('hasMixedScripts(text)', () => {
  it.each([
    ['A train travels 60 km in 45 minutes. How far does it go in 2 hours?', false],
    ['Find the area of a circle of radius r, where π r^2 = Δ and θ is an angle α.', false],
    ['Dr. Müller and José have 12 crêpes.', false],
    // Names and signs
    ['The company 华为 sold 12 phones.', false],
    ['Let ℤ be the integers and א the cardinal.', false],
    ['太郎くんはりんごを12個、ABCストアで買いました。1個x円です。', false],
    ['Сколько чисел от 1 до 100 делятся на 7?', false],
    ['Tính diện tích của một hình chữ nhật có chiều dài 12 cm.', false],
    ['What is the суммарный количество of apples after 3 days?', true],
    ['A farmer has 12 鸡和兔子在一起 and wants to know how many cows there are in the field.', true],
    ['計算する число яблок を求めよ。', true],
    ['만약 x 는 무엇입니까 的值和 값', true],
    ['', false],
  ])('%s: %s', (text, isMixed) => {
    expect(hasMixedScripts(text)).toBe(isMixed);
  });
});

describe('holdsCode(text)', () => {
  it.each([
    ['Write a function.\n```python\nprint(1)\n```', true],
    ['def solve(n):\n  return n', true],
    ['#include <stdio.h>\nint main() {}', true],
    ['SELECT name FROM users', true],
    ['In the figure [asy]\nimport graph;\nsize(3cm);\n[/asy] find x.', false],
    ['A function f satisfies f(x) = 2x. Find f(3).', false],
    ['Tom imports 12 boxes from Spain and sells 3 of them. How many are left?', false],
    ['Define a class of 30 students: how many pairs are there?', false],
  ])('%s: %s', (text, isCode) => {
    expect(holdsCode(text)).toBe(isCode);
  });
});
