// The editor as the tests inside the extension host see it: commands, notifications, the output view.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { StartedTurn } from '../../../src/thread';
import { until } from '../until';
import { FakeNotifications } from './fakeNotifications';

export type HostTest = readonly [name: string, body: () => Promise<void>];

export const notifications = new FakeNotifications();

export const execute = <T>(command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand<T>(command, ...args);

/** What the user sees in the output view. */
export function output(): string {
  const documents = vscode.workspace.textDocuments.filter(
    ({ uri }) => uri.scheme === 'output' && uri.path.endsWith('-Codex'),
  );
  return documents.map((document) => document.getText()).join('');
}

/** The view's text since `mark`, for tests that run one after the other in one view. */
export const outputSince = (mark: number) => output().slice(mark);

export async function untilOutput(mark: number, text: string): Promise<void> {
  try {
    await until(`"${text}" in the output view`, () => outputSince(mark).includes(text));
  } catch (error) {
    throw new Error(`${String(error)}; it holds:\n${outputSince(mark)}`, { cause: error });
  }
}

export async function ask(prompt: string): Promise<StartedTurn> {
  const turn = await execute<StartedTurn | undefined>('codexLsp.ask', prompt);
  assert.ok(turn, 'the turn was refused');
  return turn;
}
