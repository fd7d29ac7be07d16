import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf, type Severity } from '../../src/findings';
import type { ExitedReviewModeItem, ReviewFinding } from '../../src/protocol';

const FOUND: ReviewFinding = {
  title: '[P1] Loses the last line',
  body: 'A file without a newline.\nIts end is dropped.',
  file: '/w/a.py',
  lineRange: { start: 3, end: 5 },
  priority: 1,
};
const result = (...findings: ReviewFinding[]): ExitedReviewModeItem => ({
  type: 'exitedReviewMode',
  id: 'r',
  review: 'It loses data.',
  output: { findings },
});
const first = (over: Partial<ReviewFinding>) =>
  findingsOf(result({ ...FOUND, ...over }), '/w')?.[0];

test('a finding becomes a place with words', () => {
  assert.deepEqual(findingsOf(result(FOUND), '/w'), [
    {
      path: '/w/a.py',
      firstLine: 2,
      lastLine: 4,
      severity: 'error',
      message: '[P1] Loses the last line\nA file without a newline.\nIts end is dropped.',
    },
  ]);
});

test('a relative file is one of the folder', () => {
  assert.equal(first({ file: 'src/a.py' })?.path, '/w/src/a.py');
});

const RANGES: readonly [number, number, number, number][] = [
  [0, 0, 0, 0],
  [7, 7, 6, 6],
  [7, 3, 6, 6],
];
for (const [start, end, firstLine, lastLine] of RANGES) {
  test(`lines ${start} to ${end} are a range that the editor can show`, () => {
    const found = first({ lineRange: { start, end } });
    assert.deepEqual([found?.firstLine, found?.lastLine], [firstLine, lastLine]);
  });
}

const SEVERITIES: readonly [number | null | undefined, Severity][] = [
  [0, 'error'],
  [1, 'error'],
  [2, 'warning'],
  [3, 'information'],
  [null, 'warning'],
  [undefined, 'warning'],
];
for (const [priority, severity] of SEVERITIES) {
  test(`priority ${String(priority)} is an ${severity}`, () => {
    const { title, body, file, lineRange } = FOUND;
    const unranked = { title, body, file, lineRange };
    const finding = priority === undefined ? unranked : { ...unranked, priority };
    assert.equal(findingsOf(result(finding), '/w')?.[0]?.severity, severity);
  });
}

test('what cannot be seen in a title is shown', () => {
  assert.equal(first({ title: 'a\u202eb', body: 'c' })?.message, 'a<U+202E>b\nc');
});

test('a review in free words has no places, other items are no review', () => {
  const free: ExitedReviewModeItem = { type: 'exitedReviewMode', id: 'r', review: 'Fine.' };
  assert.deepEqual(findingsOf(free, '/w'), []);
  assert.equal(findingsOf({ type: 'agentMessage', id: 'a', text: 'x' }, '/w'), null);
  assert.equal(findingsOf({ type: 'unheardOf', id: 'a' }, '/w'), null);
});

test('there is an end to them', () => {
  const many = Array.from({ length: 300 }, () => FOUND);
  assert.equal(findingsOf(result(...many), '/w')?.length, 200);
});
