// "Codex: Ask": a prompt for the workspace's thread.
import * as vscode from 'vscode';
import type { Codex } from '../codex';
import { folderForCodex } from '../folder';
import type { StartedTurn } from '../thread';

/** `prompt` comes from a key binding or another extension; without it the user is asked. */
export async function ask(codex: Codex, prompt?: unknown): Promise<StartedTurn | undefined> {
  const folder = await folderForCodex();
  if (folder === null) return undefined;
  const text = typeof prompt === 'string' ? prompt : await askForPrompt();
  if (text === undefined || text.trim() === '') return undefined;
  codex.output.show();
  if (!(await codex.client.start())) return undefined;
  try {
    return await codex.thread.ask(folder, text);
  } catch (error) {
    codex.requestRefused(error);
    return undefined;
  }
}

function askForPrompt(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Codex: Ask',
    prompt: 'What should Codex do in this folder?',
    placeHolder: 'Explain, change, run …',
    ignoreFocusOut: true,
  });
}
