// The menu behind the status bar item.
import * as vscode from 'vscode';
import type { Codex } from '../codex';

interface Entry extends vscode.QuickPickItem {
  readonly run: () => unknown;
}

export async function menu(codex: Codex): Promise<void> {
  const chosen = await vscode.window.showQuickPick(entries(codex), { title: 'Codex' });
  await chosen?.run();
}

function entries(codex: Codex): Entry[] {
  const { activity, threadId, turnId } = codex.thread.facts;
  const all: (Entry | null)[] = [
    activity === 'waitingOnApproval'
      ? entry('$(bell-dot) Show the Approval', 'notifications.showList')
      : null,
    codex.client.state === 'failed'
      ? { label: '$(debug-restart) Start the Server', run: () => codex.client.start() }
      : null,
    entry('$(comment) Ask', 'codexLsp.ask'),
    turnId === null ? null : entry('$(debug-stop) Interrupt', 'codexLsp.interrupt'),
    entry('$(add) New Thread', 'codexLsp.newThread'),
    entry('$(checklist) Review', 'codexLsp.review'),
    threadId === null ? null : entry('$(fold) Compact Thread', 'codexLsp.compact'),
    {
      label: '$(output) Show the Conversation',
      run: () => {
        codex.output.show();
      },
    },
    entry('$(account) Account', 'codexLsp.account'),
    entry('$(list-flat) Show Log', 'codexLsp.showLog'),
  ];
  return all.filter((candidate) => candidate !== null);
}

function entry(label: string, command: string): Entry {
  return { label, run: () => vscode.commands.executeCommand(command) };
}
