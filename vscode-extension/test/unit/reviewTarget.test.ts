import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReviewTarget } from '../../src/requests';
import { isReviewTarget, reviewTarget, type ReviewKind } from '../../src/reviewTarget';

const TARGETS: readonly [ReviewKind, string, ReviewTarget | null][] = [
  ['uncommittedChanges', '', { type: 'uncommittedChanges' }],
  ['baseBranch', ' main ', { type: 'baseBranch', branch: 'main' }],
  ['commit', 'HEAD~1', { type: 'commit', sha: 'HEAD~1' }],
  ['custom', 'look at a.py', { type: 'custom', instructions: 'look at a.py' }],
  ['baseBranch', ' ', null],
  ['commit', '', null],
  ['custom', '\n', null],
];
for (const [kind, words, target] of TARGETS) {
  test(`${kind} with ${JSON.stringify(words)}`, () => {
    assert.deepEqual(reviewTarget(kind, words), target);
  });
}

test('a target is told from what a menu passes along', () => {
  assert.equal(isReviewTarget({ type: 'uncommittedChanges' }), true);
  for (const other of [undefined, null, 'main', {}]) assert.equal(isReviewTarget(other), false);
});
