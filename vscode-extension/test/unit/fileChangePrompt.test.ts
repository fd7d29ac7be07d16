import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileChangePrompt } from '../../src/fileChangePrompt';
import type { FileChangeItem, FileUpdateChange } from '../../src/protocol';
import type { FileChangeApprovalParams } from '../../src/questions';

const REQUEST: FileChangeApprovalParams = { threadId: 't', turnId: 'u', itemId: 'p' };
const EDIT: FileUpdateChange = {
  path: '/p/a.txt',
  kind: { type: 'update', move_path: null },
  diff: '@@ -1 +1 @@\n-old\n+new\n',
};
const ADD: FileUpdateChange = { path: '/p/b', kind: { type: 'add' }, diff: 'one\ntwo\n' };
const DELETE: FileUpdateChange = { path: '/p/c', kind: { type: 'delete' }, diff: 'gone' };
const MOVE: FileUpdateChange = {
  path: '/p/d',
  kind: { type: 'update', move_path: '/p/e' },
  diff: '',
};
const item = (...changes: FileUpdateChange[]): FileChangeItem => ({
  type: 'fileChange',
  id: 'p',
  changes,
  status: 'inProgress',
});
const decisions = (found: FileChangeItem | null) =>
  fileChangePrompt(REQUEST, found).choices.map(({ decision }) => decision);

test('every kind of change is named in the notification and shown on the page', () => {
  const details = `reason: tidier

edit /p/a.txt
  @@ -1 +1 @@
  -old
  +new

add /p/b
  +one
  +two

delete /p/c
  -gone

move /p/d to /p/e
  (nothing in it)`;
  const asked = item(EDIT, ADD, DELETE, MOVE);
  assert.deepEqual(fileChangePrompt({ ...REQUEST, reason: 'tidier' }, asked), {
    message:
      'Codex asks to change 4 files as shown in the editor: edit /p/a.txt, add /p/b, delete /p/c, ' +
      'move /p/d to /p/e (reason: tidier)',
    details,
    page: {
      title: 'Changes to approve',
      text: `Codex asks to make these changes (↩ marks a line that goes on)\n${details}\n`,
    },
    choices: [
      { title: 'Accept', decision: 'accept' },
      { title: 'Accept for Session', decision: 'acceptForSession' },
      { title: 'Decline', decision: 'decline' },
      { title: 'Cancel Turn', decision: 'cancel' },
    ],
  });
});

test('nothing unseen is hidden, and no text can be taken for a file', () => {
  const { message, page } = fileChangePrompt(
    REQUEST,
    item({ path: '/p/\u202Ea\nadd /x', kind: { type: 'add' }, diff: 'a\u200B\r\nedit /p/z\n' }),
  );
  assert.equal(
    message,
    'Codex asks to change 1 file as shown in the editor: add /p/<U+202E>a⏎add /x',
  );
  assert.equal(
    page?.text.split('\n').slice(1).join('\n'),
    'add /p/<U+202E>a⏎add /x\n  +a<U+200B><U+000D>\n  +edit /p/z\n',
  );
});

test('a folder that would be opened along with it is named', () => {
  const { message, details } = fileChangePrompt({ ...REQUEST, grantRoot: '/all' }, item(ADD));
  assert.equal(
    message,
    'Codex asks to change 1 file and from now on everything below /all as shown in the editor: add /p/b',
  );
  assert.match(details, /^these and from now on everything below \/all\n\nadd/);
});

test('what is too long for the notification is not accepted for the session', () => {
  const many = Array.from({ length: 60 }, (_, index) => ({ ...ADD, path: `/folder/${index}.txt` }));
  const prompt = fileChangePrompt({ ...REQUEST, grantRoot: '/'.repeat(2000) }, item(...many));
  assert.ok(prompt.message.length <= 1000, prompt.message);
  assert.match(prompt.message, /^Codex asks to change 60 files and .*It begins: add \/folder\/0/);
  assert.ok(prompt.page?.text.includes('add /folder/59.txt\n'));
  assert.deepEqual(decisions(item(...many)), ['accept', 'decline', 'cancel']);
});

const UNKNOWN: readonly [name: string, FileChangeItem | null][] = [
  ['that never started', null],
  ['without changes', item()],
  ['with a change that is not known', item(ADD, { ...ADD, kind: { type: 'chmod' } } as never)],
  ['with a change that has no text', item({ path: '/p', kind: { type: 'add' } } as never)],
  ['with changes that are none', { ...item(), changes: null } as never],
];

for (const [name, found] of UNKNOWN) {
  test(`an item ${name} can only be declined`, () => {
    const { message, page } = fileChangePrompt(REQUEST, found);
    assert.match(message, /does not know which, so it cannot be accepted here/);
    assert.equal(page, null);
    assert.deepEqual(decisions(found), ['decline', 'cancel']);
  });
}
