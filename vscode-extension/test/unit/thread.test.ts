import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Method, type CodexNotification, type TurnStatus } from '../../src/protocol';
import type { Requests } from '../../src/requests';
import {
  NO_THREAD,
  WorkspaceThread,
  afterNotification,
  openedThread,
  type RequestSender,
  type ThreadFacts,
} from '../../src/thread';

const turn = (id: string, status: TurnStatus) => ({ id, status });
const turnStarted: CodexNotification = {
  method: Method.turnStarted,
  params: { threadId: 't1', turn: turn('u1', 'inProgress') },
};
const turnCompleted: CodexNotification = {
  method: Method.turnCompleted,
  params: { threadId: 't1', turn: turn('u1', 'completed') },
};
const status = (value: CodexNotification['params'] & object): CodexNotification =>
  ({ method: Method.threadStatusChanged, params: value }) as CodexNotification;

const idle: ThreadFacts = openedThread('t1');
const working: ThreadFacts = { threadId: 't1', turnId: 'u1', activity: 'working' };

const STEPS: readonly [name: string, ThreadFacts, CodexNotification, ThreadFacts][] = [
  ['a turn starts', idle, turnStarted, working],
  ['a turn ends', working, turnCompleted, { ...working, turnId: null }],
  [
    'an older turn ends late',
    { ...working, turnId: 'u2' },
    turnCompleted,
    { ...working, turnId: 'u2' },
  ],
  [
    'the thread is idle',
    working,
    status({ threadId: 't1', status: { type: 'idle' } }),
    { ...working, activity: 'idle' },
  ],
  [
    'an approval is awaited',
    working,
    status({ threadId: 't1', status: { type: 'active', activeFlags: ['waitingOnApproval'] } }),
    { ...working, activity: 'waitingOnApproval' },
  ],
  [
    'the thread is active',
    idle,
    status({ threadId: 't1', status: { type: 'active', activeFlags: [] } }),
    { ...idle, activity: 'working' },
  ],
  [
    'the model failed',
    working,
    status({ threadId: 't1', status: { type: 'systemError' } }),
    { ...working, activity: 'failed' },
  ],
  ['the thread is unloaded', idle, status({ threadId: 't1', status: { type: 'notLoaded' } }), idle],
  ['another thread speaks', { ...idle, threadId: 't2' }, turnStarted, { ...idle, threadId: 't2' }],
  ['there is no thread', NO_THREAD, turnStarted, NO_THREAD],
];

for (const [name, before, notification, expected] of STEPS) {
  test(`facts when ${name}`, () => {
    assert.deepEqual(afterNotification(before, notification), expected);
  });
}

/** Answers like a server and records what it was asked. */
class FakeSender implements RequestSender {
  readonly sent: unknown[] = [];
  threads = 0;

  request<M extends keyof Requests>(
    method: M,
    params: Requests[M]['params'],
  ): Promise<Requests[M]['result']> {
    this.sent.push([method, params]);
    const answers: { readonly [N in keyof Requests]: () => Requests[N]['result'] } = {
      [Method.threadStart]: () => ({
        thread: { id: `t${++this.threads}`, cwd: '/p' },
        model: 'fake',
      }),
      [Method.turnStart]: () => ({ turn: turn('u1', 'inProgress') }),
      [Method.turnInterrupt]: () => ({}),
      [Method.reviewStart]: () => ({ turn: turn('u1', 'inProgress') }),
      [Method.compactStart]: () => ({}),
      [Method.accountRead]: () => ({ account: null, requiresOpenaiAuth: true }),
      [Method.loginStart]: () => ({}),
      [Method.logout]: () => ({}),
    };
    return Promise.resolve(answers[method]());
  }
}

test('the first prompt opens a thread, the next one continues it', async () => {
  const sender = new FakeSender();
  const thread = new WorkspaceThread(sender);
  assert.deepEqual(await thread.ask('/p', 'one'), { threadId: 't1', turnId: 'u1' });
  await thread.ask('/elsewhere', 'two');
  const prompt = (text: string) => ({ threadId: 't1', input: [{ type: 'text', text }] });
  assert.deepEqual(sender.sent, [
    [Method.threadStart, { cwd: '/p' }],
    [Method.turnStart, prompt('one')],
    [Method.turnStart, prompt('two')],
  ]);
});

test('two prompts at once share one thread', async () => {
  const sender = new FakeSender();
  const thread = new WorkspaceThread(sender);
  await Promise.all([thread.ask('/p', 'one'), thread.ask('/p', 'two')]);
  assert.equal(sender.threads, 1);
});

test('interrupt names the turn that runs, and says so when none does', async () => {
  const sender = new FakeSender();
  const thread = new WorkspaceThread(sender);
  assert.equal(await thread.interrupt(), false);
  await thread.ask('/p', 'one');
  assert.equal(await thread.interrupt(), false);
  assert.equal(thread.hear(turnStarted), true);
  assert.equal(await thread.interrupt(), true);
  assert.deepEqual(sender.sent.at(-1), [Method.turnInterrupt, { threadId: 't1', turnId: 'u1' }]);
});

test('a review opens a thread when there is none', async () => {
  const sender = new FakeSender();
  const thread = new WorkspaceThread(sender);
  const target = { type: 'baseBranch', branch: 'main' } as const;
  assert.deepEqual(await thread.review('/p', target), { threadId: 't1', turnId: 'u1' });
  assert.deepEqual(sender.sent, [
    [Method.threadStart, { cwd: '/p' }],
    [Method.reviewStart, { threadId: 't1', target }],
  ]);
});

test('only a thread that is there is made shorter', async () => {
  const sender = new FakeSender();
  const thread = new WorkspaceThread(sender);
  assert.equal(await thread.compact(), false);
  await thread.ask('/p', 'one');
  assert.equal(await thread.compact(), true);
  assert.deepEqual(sender.sent.at(-1), [Method.compactStart, { threadId: 't1' }]);
});

test('a lost server takes the thread along and tells whether a turn ran', async () => {
  const thread = new WorkspaceThread(new FakeSender());
  assert.equal(thread.serverLost(), false);
  await thread.ask('/p', 'one');
  thread.hear(turnStarted);
  assert.equal(thread.serverLost(), true);
  assert.deepEqual(thread.facts, NO_THREAD);
  assert.equal(thread.hear(turnStarted), false);
});
