import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approvalPrompt } from '../../src/approvalPrompt';
import { fileChangePrompt } from '../../src/fileChangePrompt';
import {
  Method,
  type CodexNotification,
  type CommandExecutionItem,
  type FileChangeItem,
  type ThreadItem,
  type Turn,
} from '../../src/protocol';
import { Transcript } from '../../src/views/transcript';

const ids = { threadId: 't', turnId: 'u' };
const started = (item: ThreadItem): CodexNotification => ({
  method: Method.itemStarted,
  params: { ...ids, item },
});
const completed = (item: ThreadItem): CodexNotification => ({
  method: Method.itemCompleted,
  params: { ...ids, item },
});
const said = (itemId: string, delta: string): CodexNotification => ({
  method: Method.agentMessageDelta,
  params: { ...ids, itemId, delta },
});
const printed = (itemId: string, delta: string): CodexNotification => ({
  method: Method.commandOutputDelta,
  params: { ...ids, itemId, delta },
});
const failure = (message: string, willRetry: boolean): CodexNotification => ({
  method: Method.error,
  params: { ...ids, error: { message }, willRetry },
});
const ended = (turn: Partial<Turn>): CodexNotification => ({
  method: Method.turnCompleted,
  params: { threadId: 't', turn: { id: 'u', status: 'completed', ...turn } },
});
const usage = (totalTokens: number): CodexNotification => ({
  method: Method.tokenUsageUpdated,
  params: { ...ids, tokenUsage: { total: { totalTokens } } },
});
const message = (id: string, text: string): ThreadItem => ({ type: 'agentMessage', id, text });
const command = (over: Partial<CommandExecutionItem> = {}): CommandExecutionItem => ({
  type: 'commandExecution',
  id: 'c',
  command: 'ls -1',
  cwd: '/p',
  status: 'inProgress',
  ...over,
});
const patch = (over: Partial<FileChangeItem> = {}): FileChangeItem => ({
  type: 'fileChange',
  id: 'p',
  changes: [
    { path: '/p/a', kind: { type: 'update' }, diff: '' },
    { path: '/p/b', kind: { type: 'update', move_path: '/p/c\u202E' }, diff: '' },
  ],
  status: 'inProgress',
  ...over,
});
const user: ThreadItem = {
  type: 'userMessage',
  id: 'm',
  content: [{ type: 'text', text: 'list it' }],
};
const RULE = '─'.repeat(72);

const render = (...notifications: CodexNotification[]): string => {
  const transcript = new Transcript();
  return notifications.map((notification) => transcript.after(notification)).join('');
};

test('a whole turn', () => {
  const text = render(
    { method: Method.threadStarted, params: { thread: { id: 't', cwd: '/p' } } },
    {
      method: Method.turnStarted,
      params: { threadId: 't', turn: { id: 'u', status: 'inProgress' } },
    },
    started(user),
    completed(user),
    started({ type: 'reasoning', id: 'r', summary: [], content: [] }),
    completed({
      type: 'reasoning',
      id: 'r',
      summary: ['**Look**\n\nfirst', '**Tell**'],
      content: [],
    }),
    started(command()),
    printed('c', 'a\n'),
    printed('c', 'b\n'),
    completed(
      command({ status: 'completed', aggregatedOutput: 'a\nb\n', exitCode: 0, durationMs: 1240 }),
    ),
    started(message('a', '')),
    said('a', 'Two '),
    said('a', 'files.'),
    completed(message('a', 'Two files.')),
    usage(1234),
    { method: Method.threadStatusChanged, params: { threadId: 't', status: { type: 'idle' } } },
    ended({ durationMs: 2000 }),
  );
  assert.equal(
    text,
    `${RULE}
New thread in /p
${RULE}
You: list it

Thinking: Look · Tell

$ ls -1
  in /p
a
b
[exit 0 after 1.2 s]

Codex:
Two files.

── completed · 2.0 s · 1,234 tokens in this thread
`,
  );
});

const PIECES: readonly [name: string, CodexNotification[], string][] = [
  [
    'a message that was not streamed',
    [started(message('a', '')), completed(message('a', 'hi'))],
    '\nCodex:\nhi\n',
  ],
  [
    'a message of which the beginning was not streamed',
    [started(message('a', '')), said('a', 'lo'), completed(message('a', 'hello'))],
    '\nCodex:\nlo\n\nCodex: (in full)\nhello\n',
  ],
  [
    'output that was not streamed',
    [
      started(command()),
      completed(command({ status: 'failed', aggregatedOutput: 'x', exitCode: 2 })),
    ],
    '\n$ ls -1\n  in /p\nx\n[exit 2]\n',
  ],
  [
    'output of which the beginning was not streamed',
    [
      started(command()),
      printed('c', 'b\n'),
      completed(command({ status: 'completed', aggregatedOutput: 'a\nb\n', exitCode: 0 })),
    ],
    '\n$ ls -1\n  in /p\nb\n(output in full)\na\nb\n[exit 0]\n',
  ],
  [
    'a command without output',
    [
      started(command()),
      completed(command({ status: 'completed', aggregatedOutput: null, exitCode: 0 })),
    ],
    '\n$ ls -1\n  in /p\n[exit 0]\n',
  ],
  [
    'a declined command',
    [started(command()), completed(command({ status: 'declined' }))],
    '\n$ ls -1\n  in /p\n[declined, not run]\n',
  ],
  [
    'a command that failed to run',
    [started(command()), completed(command({ status: 'failed', durationMs: 50 }))],
    '\n$ ls -1\n  in /p\n[failed after 50 ms]\n',
  ],
  [
    'two commands at once',
    [
      started(command()),
      started(command({ id: 'd', command: 'pwd' })),
      printed('c', 'one'),
      printed('d', 'two\n'),
      printed('c', ' more\n'),
    ],
    '\n$ ls -1\n  in /p\n\n$ pwd\n  in /p\n$ ls -1\none\n$ pwd\ntwo\n$ ls -1 (continued)\n more\n',
  ],
  [
    'line ends that are cut in two',
    [
      started(command()),
      printed('c', 'a\r'),
      printed('c', '\nb\r'),
      printed('c', 'c\r\n'),
      printed('c', '\nd'),
    ],
    '\n$ ls -1\n  in /p\na\nb\nc\n\nd',
  ],
  [
    'a thread after another one',
    [
      usage(7),
      { method: Method.threadStarted, params: { thread: { id: 't', cwd: '/p' } } },
      ended({ status: 'interrupted', durationMs: 999 }),
    ],
    `${RULE}\nNew thread in /p\n\n── interrupted · 999 ms\n`,
  ],
  [
    'an announced retry',
    [failure('Reconnecting... 1/2', true)],
    '! Reconnecting... 1/2 (trying again)\n',
  ],
  [
    'a failed turn names its error once',
    [failure('no key', false), ended({ status: 'failed', error: { message: 'no key' } })],
    '! no key\n\n── failed\n',
  ],
  [
    'a failed turn without an error before it',
    [ended({ status: 'failed', error: { message: 'no key' } })],
    '! no key\n\n── failed\n',
  ],
  [
    'an interrupted message',
    [started(message('a', '')), said('a', 'half'), ended({ status: 'interrupted' })],
    '\nCodex:\nhalf\n\n── interrupted\n',
  ],
  [
    'changes of files',
    [started(patch()), completed(patch({ status: 'completed' }))],
    '\n± edit /p/a\n± move /p/b to /p/c<U+202E>\n[completed]\n',
  ],
  [
    'declined changes that never started',
    [completed(patch({ status: 'declined' }))],
    '\n± edit /p/a\n± move /p/b to /p/c<U+202E>\n[declined, not changed]\n',
  ],
  [
    'changes of a kind that is not known',
    [completed(patch({ changes: [], status: 'failed' }))],
    '\n± unknown changes of files\n[failed]\n',
  ],
  [
    'a kind of item that is not known',
    [started({ type: 'webSearch', id: 'w' }), completed({ type: 'webSearch', id: 'w' })],
    '\n• webSearch\n',
  ],
  ['a delta of an item that never started', [said('nobody', 'x')], ''],
  [
    'thoughts without a summary',
    [completed({ type: 'reasoning', id: 'r', summary: [], content: ['raw'] })],
    '',
  ],
  [
    'unseen characters',
    [started(command({ command: 'ls\u202E' })), printed('c', '\u001b[1mx')],
    '\n$ ls<U+202E>\n  in /p\n<U+001B>[1mx',
  ],
];

for (const [name, notifications, text] of PIECES) {
  test(`transcript of ${name}`, () => {
    assert.equal(render(...notifications), text);
  });
}

const approval = approvalPrompt({ ...ids, itemId: 'c', command: 'ls -1', cwd: '/p' });

test('an approval of a command that is on the page already', () => {
  const transcript = new Transcript();
  transcript.after(started(command()));
  assert.equal(transcript.approvalAsked('c', approval), '? waiting for your approval\n');
  assert.equal(transcript.approvalAnswered('acceptForSession'), '→ accepted for this session\n');
});

test('an approval of an item that never started is on the page', () => {
  assert.equal(
    new Transcript().approvalAsked('c', approval),
    '? waiting for your approval\nin /p\nls -1\n',
  );
});

test('changes that wait for an approval are named once', () => {
  const transcript = new Transcript();
  transcript.after(started(patch()));
  const prompt = fileChangePrompt({ ...ids, itemId: 'p' }, patch());
  assert.equal(transcript.approvalAsked('p', prompt), '? waiting for your approval\n');
});

test('questions of the model, and how many were answered', () => {
  const transcript = new Transcript();
  const question = { id: 'q', header: 'Name', question: 'Which\u202E one?' };
  assert.equal(
    transcript.inputAsked([question, { ...question, isSecret: true }]),
    '? Name: Which<U+202E> one?\n? Name: Which<U+202E> one?\n',
  );
  assert.equal(transcript.inputAnswered(1, 2), '→ answered 1 of 2\n');
});

test('the other ends of an approval', () => {
  const transcript = new Transcript();
  const ends = [
    transcript.approvalAnswered('accept'),
    transcript.approvalAnswered('decline'),
    transcript.approvalAnswered('cancel'),
    transcript.questionWithdrawn(),
    transcript.approvalAnswered({
      acceptWithExecpolicyAmendment: { execpolicy_amendment: ['git', '\u202E'] },
    }),
  ];
  assert.deepEqual(ends, [
    '→ accepted\n',
    '→ declined\n',
    '→ declined, turn cancelled\n',
    '→ no longer asked\n',
    "→ accepted, as always from now on: git '<U+202E>'…\n",
  ]);
});

test('a lost server ends the open line and forgets its items', () => {
  const transcript = new Transcript();
  transcript.after(started(message('a', '')));
  transcript.after(said('a', 'half'));
  assert.equal(
    transcript.serverLost(),
    `\n! The server stopped. The thread and what ran in it are lost here.\n`,
  );
  assert.equal(transcript.after(said('a', 'late')), '');
});

test('a review is told by what is looked at and what the last message says', () => {
  const text = render(
    started({ type: 'enteredReviewMode', id: 'e', review: 'current changes' }),
    completed({ type: 'enteredReviewMode', id: 'e', review: 'current changes' }),
    completed({ type: 'exitedReviewMode', id: 'x', review: 'Fine.' }),
    completed(message('m', 'Fine.')),
  );
  assert.equal(text, `${RULE}\nReview of current changes\n\nCodex:\nFine.\n`);
});

test('a compaction is one line', () => {
  const item: ThreadItem = { type: 'contextCompaction', id: 'c' };
  assert.equal(render(started(item), completed(item)), '\nMaking the conversation shorter\n');
});
