import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Method, type CodexNotification, type FileChangeItem } from '../../src/protocol';
import { StartedChanges } from '../../src/startedChanges';

const ITEM: FileChangeItem = {
  type: 'fileChange',
  id: 'p',
  changes: [{ path: '/p/b', kind: { type: 'add' }, diff: '' }],
  status: 'inProgress',
};
const PLACE = { threadId: 't', turnId: 'u', itemId: 'p' };
const started = (item: FileChangeItem, turnId = 'u'): CodexNotification => ({
  method: Method.itemStarted,
  params: { threadId: 't', turnId, item },
});
const turnEnded = (threadId: string, id: string): CodexNotification => ({
  method: Method.turnCompleted,
  params: { threadId, turn: { id, status: 'completed' } },
});
const after = (...notifications: CodexNotification[]) => {
  const changes = new StartedChanges();
  for (const notification of notifications) changes.hear(notification);
  return changes;
};

test('a started change is found in its thread and turn only', () => {
  const changes = after(started(ITEM));
  assert.equal(changes.find(PLACE), ITEM);
  assert.equal(changes.find({ ...PLACE, threadId: 't2' }), null);
  assert.equal(changes.find({ ...PLACE, turnId: 'u2' }), null);
  assert.equal(changes.find({ ...PLACE, itemId: 'q' }), null);
});

test('one that started again is the later one', () => {
  const later = { ...ITEM, changes: [] };
  assert.equal(after(started(ITEM), started(later)).find(PLACE), later);
});

test('another item under its id takes its place', () => {
  const changes = after(started(ITEM), {
    method: Method.itemStarted,
    params: { threadId: 't', turnId: 'u', item: { type: 'agentMessage', id: 'p', text: '' } },
  });
  assert.equal(changes.find(PLACE), null);
});

const ENDS: readonly [name: string, CodexNotification, boolean][] = [
  [
    'it is completed',
    { method: Method.itemCompleted, params: { threadId: 't', turnId: 'u', item: ITEM } },
    true,
  ],
  ['its turn ends', turnEnded('t', 'u'), true],
  ['another turn ends', turnEnded('t', 'u2'), false],
  ['a turn of another thread ends', turnEnded('t2', 'u'), false],
];

for (const [name, notification, isForgotten] of ENDS) {
  test(`a change is ${isForgotten ? 'forgotten' : 'kept'} when ${name}`, () => {
    assert.equal(after(started(ITEM), notification).find(PLACE), isForgotten ? null : ITEM);
  });
}

test('a lost server takes its changes along', () => {
  const changes = after(started(ITEM));
  changes.serverLost();
  assert.equal(changes.find(PLACE), null);
});
