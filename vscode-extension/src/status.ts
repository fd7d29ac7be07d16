// The status bar item: what Codex is doing; a click opens the menu.
import * as vscode from 'vscode';
import { statusFace, type ServerState } from './statusFace';
import type { Activity } from './thread';

export class StatusItem implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;

  constructor() {
    this.#item = vscode.window.createStatusBarItem(
      'codexLsp.status',
      vscode.StatusBarAlignment.Left,
    );
    this.#item.name = 'Codex';
    this.#item.command = 'codexLsp.menu';
    this.update('stopped', 'idle');
    this.#item.show();
  }

  update(server: ServerState, activity: Activity): void {
    const face = statusFace(server, activity);
    this.#item.text = face.text;
    this.#item.tooltip = face.tooltip;
    this.#item.backgroundColor =
      face.background === null
        ? undefined
        : new vscode.ThemeColor(`statusBarItem.${face.background}Background`);
  }

  dispose(): void {
    this.#item.dispose();
  }
}
