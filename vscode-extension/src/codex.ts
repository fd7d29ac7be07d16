// The rooms of the extension and the messages between them.
import * as vscode from 'vscode';
import { Approvals } from './approvals';
import { CodexClient, type ApprovalRequest, type ServerListener } from './client';
import type { LaunchProblem } from './launch';
import { Method, type CodexNotification, type CommandApprovalResponse } from './protocol';
import { StatusItem } from './status';
import { WorkspaceThread } from './thread';
import { ApprovalTexts } from './views/approvalText';
import { OutputView } from './views/output';
import { oneLine } from './visibleText';

export class Codex implements ServerListener, vscode.Disposable {
  readonly log = vscode.window.createOutputChannel('Codex Server');
  readonly output = new OutputView();
  readonly client: CodexClient;
  readonly thread: WorkspaceThread;
  readonly #texts = new ApprovalTexts();
  readonly #approvals = new Approvals(this.output, this.#texts);
  readonly #status = new StatusItem();

  constructor(context: vscode.ExtensionContext) {
    this.client = new CodexClient(context, this.log, this);
    this.thread = new WorkspaceThread(this.client);
  }

  notified(notification: CodexNotification): void {
    const isOurs = this.thread.hear(notification);
    if (isOurs) this.output.notified(notification);
    // Of every thread: the one that was just left may still have an approval open.
    if (notification.method === Method.serverRequestResolved) {
      this.#approvals.resolved(notification.params.threadId, notification.params.requestId);
    } else if (notification.method === Method.turnCompleted) {
      this.#approvals.turnEnded(notification.params.threadId, notification.params.turn.id);
    }
    if (isOurs) this.stateChanged();
  }

  approvalAsked(approval: ApprovalRequest): Promise<CommandApprovalResponse> {
    return this.#approvals.ask(approval);
  }

  stateChanged(): void {
    this.#status.update(this.client.state, this.thread.facts.activity);
  }

  serverLost(willRestart: boolean): void {
    this.#approvals.serverLost();
    const lost = this.thread.serverLost() ? ' The running turn is lost.' : '';
    this.output.serverLost();
    this.stateChanged();
    const next = willRestart ? 'It is being restarted.' : 'It is not restarted.';
    const message = `The Codex server stopped unexpectedly.${lost} ${next}`;
    const tell = willRestart ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
    void tell(message, 'Show Log').then((chosen) => {
      if (chosen !== undefined) this.log.show();
    });
  }

  startFailed(problem: LaunchProblem): void {
    const title = problem.action === 'showLog' ? 'Show Log' : 'Open Settings';
    void vscode.window.showErrorMessage(problem.message, title).then((chosen) => {
      if (chosen === undefined) return;
      if (problem.action === 'showLog') this.log.show();
      else openMachineSetting(problem.setting);
    });
  }

  /** The server refused a request; its words say why. */
  requestRefused(error: unknown): void {
    const words = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`Codex: ${oneLine(words)}`, 'Show Log').then((chosen) => {
      if (chosen !== undefined) this.log.show();
    });
  }

  dispose(): void {
    this.#status.dispose();
    this.#texts.dispose();
    this.output.dispose();
    this.log.dispose();
  }
}

/** A machine's settings stand with the user's, unless the window works on another machine. */
function openMachineSetting(setting: string): void {
  const isRemote = vscode.env.remoteName !== undefined;
  const command = isRemote
    ? 'workbench.action.openRemoteSettings'
    : 'workbench.action.openSettings2';
  void vscode.commands.executeCommand(command, { query: setting });
}
