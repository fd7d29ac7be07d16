// The output channel "Codex": what the user asked, what Codex does, and what it answers.
import * as vscode from 'vscode';
import type { ApprovalPrompt } from '../prompt';
import type { CodexNotification } from '../protocol';
import type { Decision, UserQuestion } from '../questions';
import { Transcript } from './transcript';

export class OutputView implements vscode.Disposable {
  // A language of its own, since in a log the editor colours words and pins indented lines' parents.
  readonly #channel = vscode.window.createOutputChannel('Codex', 'codex-transcript');
  readonly #transcript = new Transcript();

  notified(notification: CodexNotification): void {
    this.#append(this.#transcript.after(notification));
  }

  approvalAsked(itemId: string, prompt: ApprovalPrompt): void {
    this.#append(this.#transcript.approvalAsked(itemId, prompt));
  }

  approvalAnswered(decision: Decision): void {
    this.#append(this.#transcript.approvalAnswered(decision));
  }

  inputAsked(questions: readonly UserQuestion[]): void {
    this.#append(this.#transcript.inputAsked(questions));
  }

  inputAnswered(answers: number, questions: number): void {
    this.#append(this.#transcript.inputAnswered(answers, questions));
  }

  questionWithdrawn(): void {
    this.#append(this.#transcript.questionWithdrawn());
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
