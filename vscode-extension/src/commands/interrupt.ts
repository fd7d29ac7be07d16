// "Codex: Interrupt": stops the running turn and whatever it runs.
import * as vscode from 'vscode';
import type { Codex } from '../codex';

export async function interrupt(codex: Codex): Promise<void> {
  try {
    if (!(await codex.thread.interrupt())) {
      void vscode.window.showInformationMessage('Codex is not running anything.');
    }
  } catch (error) {
    codex.requestRefused(error);
  }
}
