// The output channel "Codex": what the user asked, what Codex does, and what it answers.
import * as vscode from 'vscode';
import type { CodexNotification, CommandApprovalParams, CommandDecision } from '../protocol';
import { Transcript } from './transcript';

export class OutputView implements vscode.Disposable {
  // A language of its own, since in a log the editor colours words and pins indented lines' parents.
  readonly #channel = vscode.window.createOutputChannel('Codex', 'codex-transcript');
  readonly #transcript = new Transcript();

  notified(notification: CodexNotification): void {
    this.#append(this.#transcript.after(notification));
  }

  approvalAsked(params: CommandApprovalParams): void {
    this.#append(this.#transcript.approvalAsked(params));
  }

  approvalAnswered(decision: CommandDecision): void {
    this.#append(this.#transcript.approvalAnswered(decision));
  }

  approvalWithdrawn(): void {
    this.#append(this.#transcript.approvalWithdrawn());
  }

  serverLost(): void {
    this.#append(this.#transcript.serverLost());
  }

  /** Brings it into view and leaves the focus where the user has it. */
  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }

  #append(text: string): void {
    if (text !== '') this.#channel.append(text);
  }
}
