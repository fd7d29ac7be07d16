// Which folder Codex works in.
import * as vscode from 'vscode';

/** The folder of the file in view, else the first one; null after telling that there is none. */
export async function folderForCodex(): Promise<string | null> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const ofActive = active && vscode.workspace.getWorkspaceFolder(active);
  const folder = ofActive ?? vscode.workspace.workspaceFolders?.[0];
  if (folder?.uri.scheme === 'file') return folder.uri.fsPath;
  const open = 'Open Folder';
  const chosen = await vscode.window.showInformationMessage(
    'Codex works in a folder: open one first.',
    open,
  );
  if (chosen === open) await vscode.commands.executeCommand('vscode.openFolder');
  return null;
}
