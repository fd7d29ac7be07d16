// "Codex: New Thread": leaves the workspace's thread and opens a new one.
import * as vscode from 'vscode';
import type { Codex } from '../codex';
import { folderForCodex } from '../folder';

export async function newThread(codex: Codex): Promise<void> {
  const folder = await folderForCodex();
  if (folder === null || !(await codex.client.start())) return;
  try {
    // A turn that went on in a thread out of view could not be seen or stopped.
    if (codex.thread.facts.turnId !== null && !(await mayInterrupt())) return;
    await codex.thread.interrupt();
    await codex.thread.open(folder);
    codex.output.show();
  } catch (error) {
    codex.requestRefused(error);
  }
}

async function mayInterrupt(): Promise<boolean> {
  const go = 'Interrupt and Start New';
  const chosen = await vscode.window.showWarningMessage('A Codex turn is still running.', go);
  return chosen === go;
}
