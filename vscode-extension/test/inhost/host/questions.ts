// What only the scripted server asks: each kind of question, answered through the editor.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Method } from '../../../src/protocol';
import { QUESTION, type ScriptedQuestion } from '../script';
import { until } from '../until';
import {
  ask,
  execute,
  notifications,
  output,
  outputSince,
  untilOutput,
  type HostTest,
} from './editor';

export const questionTests: HostTest[] = [];
const test = (name: string, body: () => Promise<void>) => questionTests.push([name, body]);

/** What the fake server asks, and what it must be answered with. */
const question = (asked: ScriptedQuestion) => ask(QUESTION + JSON.stringify(asked));
const untilAnswered = (mark: number, answer: object) =>
  untilOutput(mark, `Codex:\n${JSON.stringify(answer)}\n\n── completed`);
const pages = () =>
  vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'codex-approval');

test('changes of files are accepted with what changes in view', async () => {
  const mark = output().length;
  const changes = [{ path: '/p/new.txt', kind: { type: 'add' }, diff: 'first\nsecond\n' }];
  const item = { type: 'fileChange', id: 'patch', changes, status: 'inProgress' };
  await question({
    method: Method.requestFileChangeApproval,
    params: { itemId: 'patch', startedAtMs: 1 },
    item,
  });
  const approval = await notifications.next('add /p/new.txt');
  assert.ok(pages().some((page) => page.getText().includes('\n  +first\n  +second\n')));
  approval.press('Accept for Session');
  await untilAnswered(mark, { decision: 'acceptForSession' });
  assert.ok(outputSince(mark).includes('± add /p/new.txt\n? waiting for your approval\n'));
});

test('unknown changes of files are declined', async () => {
  const mark = output().length;
  await question({ method: Method.requestFileChangeApproval, params: { itemId: 'nobody' } });
  const approval = await notifications.next('does not know which');
  assert.deepEqual(approval.titles, ['Decline', 'Cancel Turn']);
  approval.press(undefined);
  await untilAnswered(mark, { decision: 'decline' });
});

test('a command is always allowed with the words that were offered', async () => {
  const mark = output().length;
  const offer = { acceptWithExecpolicyAmendment: { execpolicy_amendment: ['git', 'status'] } };
  await question({
    method: Method.requestCommandApproval,
    params: { itemId: 'c', command: 'git status -s', availableDecisions: ['accept', offer] },
  });
  (await notifications.next('git status -s')).press('Always allow `git status…`');
  await untilAnswered(mark, { decision: offer });
});

test('permissions are granted for the turn as they were asked for', async () => {
  const mark = output().length;
  const permissions = { fileSystem: { write: ['/w'] }, network: { enabled: true } };
  await question({
    method: Method.requestPermissions,
    params: { itemId: 'x', cwd: '/p', permissions },
  });
  (await notifications.next('write /w, use the network')).press('Accept');
  await untilAnswered(mark, { permissions, scope: 'turn' });
});

test('an option is picked from a list', async () => {
  const mark = output().length;
  const options = [{ label: 'Left', description: 'west' }];
  const asked = { id: 'way', header: 'Way', question: 'Where to?', options };
  await question({
    method: Method.requestUserInput,
    params: { itemId: 'x', questions: [asked] },
  });
  await untilOutput(mark, '? Way: Where to?');
  await until('the list takes Enter', () => {
    void execute('workbench.action.acceptSelectedQuickOpenItem');
    return outputSince(mark).includes('→ answered 1 of 1');
  });
  await untilAnswered(mark, { answers: { way: { answers: ['Left'] } } });
});

test('a question whose turn is interrupted is no longer asked', async () => {
  const mark = output().length;
  const questions = [{ id: 'q', header: 'Way', question: 'Where to?' }];
  await question({ method: Method.requestUserInput, params: { itemId: 'x', questions } });
  await untilOutput(mark, '? Way: Where to?');
  await execute('codexLsp.interrupt');
  await untilOutput(mark, '→ no longer asked');
  await untilOutput(mark, '── interrupted');
});

test('a call of a tool is told that there are none', async () => {
  const mark = output().length;
  await question({
    method: Method.callTool,
    params: { callId: 'x', tool: 'paint', arguments: {} },
  });
  const contentItems = [{ type: 'inputText', text: 'this editor has no tools' }];
  await untilAnswered(mark, { contentItems, success: false });
});
