// What a review is about, from what the user has said.
import type { ReviewTarget } from './requests';

export type ReviewKind = ReviewTarget['type'];

/** Null when the words are missing that the kind needs. */
export function reviewTarget(kind: ReviewKind, words: string): ReviewTarget | null {
  const said = words.trim();
  if (kind === 'uncommittedChanges') return { type: kind };
  if (said === '') return null;
  switch (kind) {
    case 'baseBranch':
      return { type: kind, branch: said };
    case 'commit':
      return { type: kind, sha: said };
    case 'custom':
      return { type: kind, instructions: said };
  }
}

/** Whether a key binding or another extension has named one; the server checks the rest. */
export function isReviewTarget(value: unknown): value is ReviewTarget {
  return typeof value === 'object' && value !== null && 'type' in value;
}
