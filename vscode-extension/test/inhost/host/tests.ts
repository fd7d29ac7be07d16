// Runs inside the extension host: the same entry point that VS Code's own test runner calls. The result
// goes into the file named by CODEX_INHOST_REPORT, since no exit code comes back through a browser.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CodexApi } from '../../../src/main';
import {
  AFTER_COMMAND,
  COMMAND_REASON,
  ELSEWHERE,
  FOUND_BODY,
  FOUND_TITLE,
  HELLO,
  HELLO_ANSWER,
  HELLO_THOUGHT,
  REVIEW,
  RUN,
  STALL,
  STALL_BEGINNING,
} from '../script';
import { isAlive } from '../processes';
import { PATIENCE_MS, until } from '../until';
import {
  ask,
  execute,
  notifications,
  output,
  outputSince,
  untilOutput,
  type HostTest,
} from './editor';
import { questionTests } from './questions';

/** A JVM may have to start, or a server to be built. */
const START_LIMIT_MS = 120_000;
const TEST_LIMIT_MS = START_LIMIT_MS + 2 * PATIENCE_MS;

const ASKING = ['ask', 'interrupt', 'newThread', 'review', 'compact', 'account'];
const SHOWING = ['showLog', 'menu', 'clearFindings'];

const isFake = process.env['CODEX_INHOST_SERVER'] === 'fake';
const tests: HostTest[] = [];
const test = (name: string, body: () => Promise<void>) => tests.push([name, body]);

const extension = () => {
  const found = vscode.extensions.getExtension<CodexApi>('codexlsp.codex-lsp');
  assert.ok(found, 'the extension is not there');
  return found;
};
const api = () => extension().exports;
const folder = () => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const untilActivity = (activity: CodexApi['thread']['activity']) =>
  until(`the thread is ${activity}`, () => api().thread.activity === activity);

const inFolder = (name: string) => join(folder(), name);

test('activates and starts the server', async () => {
  notifications.install();
  await extension().activate();
  assert.equal(await api().start(), true);
  assert.equal(api().serverState, 'running');
  const experimental = api().client?.initializeResult?.capabilities.experimental as {
    readonly codex?: { readonly userAgent?: unknown };
  };
  assert.equal(typeof experimental.codex?.userAgent, 'string');
});

test("has its own commands and the server's", async () => {
  const commands = await vscode.commands.getCommands(true);
  const ours = [...ASKING, ...SHOWING].map((id) => `codexLsp.${id}`);
  for (const id of [...ours, 'codex.ask', 'codex.interrupt']) assert.ok(commands.includes(id), id);
});

test('an answer streams into the output view', async () => {
  await ask(HELLO);
  await untilOutput(0, '── completed');
  const text = output();
  assert.ok(text.includes(`You: ${HELLO}\n`), text);
  assert.ok(text.includes(`Thinking: ${HELLO_THOUGHT}\n`), text);
  assert.ok(text.includes(`Codex:\n${HELLO_ANSWER.join('')}\n`), text);
  assert.equal(api().thread.turnId, null);
});

test('a command runs after its approval was accepted', async () => {
  const mark = output().length;
  const before = api().thread.threadId;
  const { threadId } = await ask(`${RUN}printf 'made by %s\\n' codex; echo x >made.txt`);
  assert.equal(threadId, before, 'a second prompt continues the thread');
  const approval = await notifications.next('made.txt');
  await untilActivity('waitingOnApproval');
  await untilOutput(mark, '? waiting for your approval');
  assert.ok(approval.message.startsWith(`Codex asks to run in ${folder()}: `), approval.message);
  assert.ok(approval.message.endsWith(` (reason: ${COMMAND_REASON})`), approval.message);
  assert.equal(approval.titles[0], 'Accept');
  assert.equal(existsSync(inFolder('made.txt')), false);
  approval.press('Accept');
  await untilOutput(mark, '── completed');
  const text = outputSince(mark);
  for (const part of ['→ accepted\n', '\nmade by codex\n[exit 0', AFTER_COMMAND]) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  assert.equal(readFileSync(inFolder('made.txt'), 'utf8'), 'x\n');
});

test('a closed notification declines', async () => {
  const mark = output().length;
  await ask(`${RUN}echo x >closed.txt`);
  (await notifications.next('closed.txt')).press(undefined);
  await untilOutput(mark, '── completed');
  const text = outputSince(mark);
  for (const part of ['→ declined\n', '[declined, not run]', AFTER_COMMAND]) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  assert.equal(existsSync(inFolder('closed.txt')), false);
});

test('a cancelled approval ends the turn', async () => {
  const mark = output().length;
  await ask(`${RUN}echo x >cancelled.txt`);
  (await notifications.next('cancelled.txt')).press('Cancel Turn');
  await untilOutput(mark, '── interrupted');
  assert.equal(outputSince(mark).includes(AFTER_COMMAND), false);
  assert.equal(existsSync(inFolder('cancelled.txt')), false);
});

test('an interrupt withdraws the approval, and a late press accepts nothing', async () => {
  const mark = output().length;
  await ask(`${RUN}echo x >late.txt`);
  const approval = await notifications.next('late.txt');
  await untilActivity('waitingOnApproval');
  await execute('codexLsp.interrupt');
  await untilOutput(mark, '── interrupted');
  await untilOutput(mark, '→ no longer asked');
  approval.press('Accept');
  await ask(HELLO);
  await untilOutput(mark, HELLO_ANSWER.join(''));
  assert.equal(existsSync(inFolder('late.txt')), false);
});

test('an interrupt ends the command that runs', async () => {
  const mark = output().length;
  await ask(`${RUN}echo $$ >pid.txt; echo begun; sleep 300`);
  (await notifications.next('pid.txt')).press('Accept');
  await untilOutput(mark, '\nbegun\n');
  const pid = Number(readFileSync(inFolder('pid.txt'), 'utf8'));
  assert.ok(isAlive(pid));
  await execute('codexLsp.interrupt');
  await untilOutput(mark, '── interrupted');
  await until('the command is gone', () => !isAlive(pid));
});

test('an unfinished answer is in view, an interrupt ends it', async () => {
  const mark = output().length;
  await ask(STALL);
  await untilOutput(mark, STALL_BEGINNING);
  assert.notEqual(api().thread.turnId, null);
  await execute('codexLsp.interrupt');
  await untilOutput(mark, '── interrupted');
});

test('a second prompt is told to the turn that runs, or refused', async () => {
  const mark = output().length;
  const { turnId } = await ask(STALL);
  await untilOutput(mark, STALL_BEGINNING);
  if (isFake) {
    // The scripted server is an old one.
    assert.equal(await execute('codexLsp.ask', HELLO), undefined);
    assert.notEqual(api().thread.turnId, null);
    await execute('codexLsp.interrupt');
    await untilOutput(mark, '── interrupted');
  } else {
    assert.equal((await ask(HELLO)).turnId, turnId);
    await untilOutput(mark, HELLO_ANSWER.join(''));
    await untilOutput(mark, '── completed');
  }
});

test('what a review has found is a problem of the file, until it is cleared', async () => {
  const mark = output().length;
  const file = inFolder('reviewed.txt');
  writeFileSync(file, 'one\n\nthree\n');
  const problems = () => vscode.languages.getDiagnostics(vscode.Uri.file(file));
  const target = { type: 'custom', instructions: REVIEW + file };
  assert.ok(await execute('codexLsp.review', target));
  await untilOutput(mark, '── completed');
  assert.ok(outputSince(mark).includes('\nReview of '), outputSince(mark));
  (await notifications.next('the review has found one thing')).press(undefined);
  const [found] = problems();
  assert.equal(problems().length, 1);
  assert.equal(found?.message, `${FOUND_TITLE}\n${FOUND_BODY}`);
  assert.equal(found.source, 'Codex review');
  assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
  assert.deepEqual([found.range.start.line, found.range.end.line], [1, 1]);
  await execute('codexLsp.clearFindings');
  assert.deepEqual(problems(), []);
});

test('the conversation is made shorter', async () => {
  const mark = output().length;
  await execute('codexLsp.compact');
  await untilOutput(mark, 'Making the conversation shorter');
  await untilOutput(mark, '── completed');
});

test('a new thread is another thread', async () => {
  const mark = output().length;
  const before = api().thread.threadId;
  await execute('codexLsp.newThread');
  await untilOutput(mark, `New thread in ${folder()}`);
  const after = api().thread.threadId;
  assert.notEqual(after, before);
  assert.equal((await ask(HELLO)).threadId, after);
  await untilOutput(mark, '── completed');
});

test('a new thread ends the turn of the old one, its approval too', async () => {
  const mark = output().length;
  await ask(`${RUN}echo x >left.txt`);
  const approval = await notifications.next('left.txt');
  await untilActivity('waitingOnApproval');
  const opened = execute('codexLsp.newThread');
  (await notifications.next('still running')).press('Interrupt and Start New');
  await opened;
  await untilOutput(mark, '→ no longer asked');
  await untilOutput(mark, `New thread in ${folder()}`);
  approval.press('Accept');
  await ask(HELLO);
  await untilOutput(mark, '── completed');
  assert.equal(existsSync(inFolder('left.txt')), false);
});

if (isFake) {
  tests.push(...questionTests);

  test('an approval that was answered elsewhere is no longer asked here', async () => {
    const mark = output().length;
    await ask(`${ELSEWHERE}echo from elsewhere`);
    const approval = await notifications.next('from elsewhere');
    await untilOutput(mark, '→ no longer asked');
    await untilOutput(mark, '\nfrom elsewhere\n[exit 0');
    await untilOutput(mark, '── completed');
    approval.press('Cancel Turn');
    const text = outputSince(mark);
    assert.ok(text.indexOf('→ no longer asked') < text.indexOf('[exit 0'), text);
    assert.equal(text.includes('→ declined'), false);
  });
}

test('a crashed server is started again, and its thread is forgotten', async () => {
  const mark = output().length;
  await ask(STALL);
  await untilOutput(mark, STALL_BEGINNING);
  const pid = api().serverPid;
  assert.ok(pid);
  process.kill(pid, 'SIGKILL');
  const told = await notifications.next('The Codex server stopped unexpectedly.');
  assert.ok(told.message.includes('The running turn is lost.'), told.message);
  await untilOutput(mark, '! The server stopped.');
  const isAnother = () => api().serverState === 'running' && api().serverPid !== pid;
  await until('another server runs', isAnother, START_LIMIT_MS);
  assert.deepEqual(api().thread, { threadId: null, turnId: null, activity: 'idle' });
  await ask(HELLO);
  await untilOutput(mark, HELLO_ANSWER.join(''));
});

async function inTime(body: () => Promise<void>): Promise<void> {
  const hangs = new Promise<never>((_, reject) => {
    setTimeout(() => {
      reject(new Error(`the test did not end within ${TEST_LIMIT_MS / 1000} s`));
    }, TEST_LIMIT_MS).unref();
  });
  await Promise.race([body(), hangs]);
}

/** The tests build on each other, so the first failure ends them. */
export async function run(): Promise<void> {
  const lines: string[] = [];
  try {
    for (const [name, body] of tests) {
      lines.push(`FAILED  ${name}`);
      await inTime(body);
      lines.splice(-1, 1, `ok      ${name}`);
    }
  } catch (error) {
    lines.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  writeFileSync(process.env['CODEX_INHOST_REPORT'] ?? '', `${lines.join('\n')}\nend\n`);
}
