// Asks the user about commands. An approval is open from the server's request until the user answers or
// the server no longer wants to know; only a button that was pressed in that time accepts anything.
import * as vscode from 'vscode';
import { approvalPrompt, decisionOf, type ApprovalPrompt, type Choice } from './approvalPrompt';
import type { ApprovalRequest } from './client';
import type { CommandApprovalResponse, CommandDecision } from './protocol';
import type { ApprovalTexts } from './views/approvalText';
import type { OutputView } from './views/output';

interface OpenApproval {
  readonly request: ApprovalRequest;
  readonly withdraw: () => void;
}

export class Approvals {
  readonly #output: OutputView;
  readonly #texts: ApprovalTexts;
  readonly #open = new Set<OpenApproval>();

  constructor(output: OutputView, texts: ApprovalTexts) {
    this.#output = output;
    this.#texts = texts;
  }

  async ask(request: ApprovalRequest): Promise<CommandApprovalResponse> {
    const prompt = approvalPrompt(request.params);
    this.#output.approvalAsked(request.params);
    const { promise: withdrawn, withdraw } = withdrawal();
    const approval: OpenApproval = { request, withdraw };
    this.#open.add(approval);
    const cancellation = request.cancelled.onCancellationRequested(withdraw);
    const answer = this.#ask(prompt);
    const decision = await Promise.race([answer, withdrawn]);
    cancellation.dispose();
    this.#open.delete(approval);
    if (decision === 'withdrawn') return this.#tooLate(answer);
    this.#output.approvalAnswered(decision);
    return { decision };
  }

  /** Not modal: the user may look around in the editor before answering. */
  async #ask(prompt: ApprovalPrompt): Promise<CommandDecision> {
    const page = prompt.page === null ? null : await this.#texts.show(prompt.page);
    const chosen = await vscode.window.showWarningMessage<Choice & vscode.MessageItem>(
      prompt.message,
      ...prompt.choices,
    );
    page?.dispose();
    return decisionOf(prompt, chosen?.title);
  }

  /** The request was answered elsewhere, or the server gave it up. */
  resolved(threadId: string, requestId: string | number): void {
    this.#withdraw((request) => {
      return request.requestId === requestId && request.params.threadId === threadId;
    });
  }

  turnEnded(threadId: string, turnId: string): void {
    this.#withdraw(({ params }) => params.threadId === threadId && params.turnId === turnId);
  }

  serverLost(): void {
    this.#withdraw(() => true);
  }

  #withdraw(matches: (request: ApprovalRequest) => boolean): void {
    for (const approval of [...this.#open]) if (matches(approval.request)) approval.withdraw();
  }

  /** The notification cannot be taken away, so a late press is told that it did nothing. */
  #tooLate(answer: Promise<CommandDecision>): CommandApprovalResponse {
    this.#output.approvalWithdrawn();
    void answer.then((decision) => {
      if (decision !== 'decline') {
        void vscode.window.showInformationMessage(
          'Codex no longer asks for that approval: nothing was accepted.',
        );
      }
    });
    // The server ignores this answer; should it not, it is a refusal.
    return { decision: 'decline' };
  }
}

function withdrawal() {
  let withdraw!: () => void;
  const promise = new Promise<'withdrawn'>((resolve) => {
    withdraw = () => {
      resolve('withdrawn');
    };
  });
  return { promise, withdraw };
}
