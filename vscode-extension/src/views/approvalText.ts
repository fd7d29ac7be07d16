// What does not fit into a notification, as a read-only text in the editor area: a notification covers
// the output view, and all of what is asked about must be readable while it is asked.
import * as vscode from 'vscode';
import type { Page } from '../prompt';

const SCHEME = 'codex-approval';

export class ApprovalTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  /** By the path of their document; a text stays until its approval is closed. */
  readonly #texts = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  #count = 0;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.path) ?? 'This is no longer asked about.\n';
  }

  /** Shows the text in a tab that only its owner or the user closes; the result closes and forgets it. */
  async show({ title, text }: Page): Promise<vscode.Disposable> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${title} ${++this.#count}` });
    this.#texts.set(uri.path, text);
    await vscode.window.showTextDocument(uri, { preview: false, preserveFocus: true });
    return new vscode.Disposable(() => {
      this.#texts.delete(uri.path);
      void vscode.window.tabGroups.close(tabsOf(uri), true);
    });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function tabsOf(uri: vscode.Uri): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => {
      return input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
    });
}
