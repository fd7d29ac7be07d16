// "Codex: Compact Thread": has what was said and done so far replaced by a summary.
import * as vscode from 'vscode';
import type { Codex } from '../codex';

export async function compact(codex: Codex): Promise<void> {
  try {
    if (await codex.thread.compact()) codex.output.show();
    else void vscode.window.showInformationMessage('Codex has no conversation to make shorter.');
  } catch (error) {
    codex.requestRefused(error);
  }
}
