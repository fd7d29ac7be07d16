import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OpenQuestions } from '../../src/openQuestions';
import { Method } from '../../src/protocol';
import type { Cancellation, Question } from '../../src/questions';

class FakeCancellation implements Cancellation {
  isCancellationRequested = false;
  readonly listeners = new Set<() => void>();

  onCancellationRequested(listener: () => void) {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  cancel(): void {
    this.isCancellationRequested = true;
    for (const listener of [...this.listeners]) listener();
  }
}

const question = (cancelled = new FakeCancellation(), requestId: number | null = 7): Question => ({
  method: Method.requestUserInput,
  params: { threadId: 't', turnId: 'u', itemId: 'i', questions: [] },
  requestId,
  cancelled,
});

const ENDS: readonly [name: string, (questions: OpenQuestions) => void, isOpen: boolean][] = [
  ['nothing', () => undefined, true],
  [
    'its answer elsewhere',
    (questions) => {
      questions.resolved('t', 7);
    },
    false,
  ],
  [
    'the answer to another one',
    (questions) => {
      questions.resolved('t', 8);
    },
    true,
  ],
  [
    'an equal id in another thread',
    (questions) => {
      questions.resolved('t2', 7);
    },
    true,
  ],
  [
    'the end of its turn',
    (questions) => {
      questions.turnEnded('t', 'u');
    },
    false,
  ],
  [
    'the end of another turn',
    (questions) => {
      questions.turnEnded('t', 'u2');
    },
    true,
  ],
  [
    'the loss of the server',
    (questions) => {
      questions.serverLost();
    },
    false,
  ],
];

for (const [name, act, isOpen] of ENDS) {
  test(`after ${name} a question is ${isOpen ? 'open' : 'withdrawn'}`, async () => {
    const questions = new OpenQuestions();
    const open = questions.open(question());
    act(questions);
    assert.equal(open.isOpen, isOpen);
    const seen = await Promise.race([open.withdrawn, Promise.resolve().then(() => 'waits')]);
    assert.equal(seen, isOpen ? 'waits' : 'withdrawn');
  });
}

test('a cancelled request is withdrawn, also one that arrived cancelled', async () => {
  const cancellation = new FakeCancellation();
  const questions = new OpenQuestions();
  const open = questions.open(question(cancellation));
  assert.equal(open.isOpen, true);
  cancellation.cancel();
  assert.equal(await open.withdrawn, 'withdrawn');
  assert.equal(questions.open(question(cancellation)).isOpen, false);
});

test('a closed question is not listened for any more', () => {
  const cancellation = new FakeCancellation();
  const open = new OpenQuestions().open(question(cancellation));
  open.close();
  assert.equal(cancellation.listeners.size, 0);
  assert.equal(open.isOpen, false);
});
