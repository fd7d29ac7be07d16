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
  readonly withdrawn: Promise<'withdrawn'>;
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
    const approval: OpenApproval = { request, ...withdrawal() };
    this.#open.add(approval);
    const cancellation = request.cancelled.onCancellationRequested(approval.withdraw);
    try {
      const answer = this.#ask(prompt, approval);
      const decision = await Promise.race([answer, approval.withdrawn]);
      if (decision === 'withdrawn') return this.#tooLate(answer);
      this.#output.approvalAnswered(decision);
      return { decision };
    } finally {
      cancellation.dispose();
      this.#open.delete(approval);
    }
  }

  /** Not modal: the user may look around in the editor before answering. */
  async #ask(prompt: ApprovalPrompt, approval: OpenApproval): Promise<CommandDecision> {
    const page = prompt.page === null ? null : await this.#texts.show(prompt.page);
    const close = () => {
      page?.dispose();
    };
    if (!this.#open.has(approval)) {
      close();
      return 'decline';
    }
    const chosen = vscode.window.showWarningMessage<Choice & vscode.MessageItem>(
      prompt.message,
      ...prompt.choices,
    );
    // The notification cannot be taken away, the page can.
    void Promise.race([chosen, approval.withdrawn]).then(close, close);
    return decisionOf(prompt, (await chosen)?.title);
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
    const tell = (decision: CommandDecision) => {
      if (decision === 'decline') return;
      void vscode.window.showInformationMessage(
        'Codex no longer asks for that approval: nothing was accepted.',
      );
    };
    // What could not be asked needs no answer any more.
    void answer.then(tell, () => undefined);
    // The server ignores this answer; should it not, it is a refusal.
    return { decision: 'decline' };
  }
}

function withdrawal(): Pick<OpenApproval, 'withdrawn' | 'withdraw'> {
  let withdraw!: () => void;
  const withdrawn = new Promise<'withdrawn'>((resolve) => {
    withdraw = () => {
      resolve('withdrawn');
    };
  });
  return { withdrawn, withdraw };
}
