// Asks the user for decisions. Only a button that was pressed while the question was open accepts
// anything.
import * as vscode from 'vscode';
import type { OpenQuestion, OpenQuestions } from './openQuestions';
import { decisionOf, type ApprovalPrompt, type Choice } from './prompt';
import type { Decision, Question } from './questions';
import type { ApprovalTexts } from './views/approvalText';
import type { OutputView } from './views/output';

export class Approvals {
  readonly #output: OutputView;
  readonly #texts: ApprovalTexts;
  readonly #questions: OpenQuestions;

  constructor(output: OutputView, texts: ApprovalTexts, questions: OpenQuestions) {
    this.#output = output;
    this.#texts = texts;
    this.#questions = questions;
  }

  /** `itemId` is what waits for the decision. */
  async ask(question: Question, itemId: string, prompt: ApprovalPrompt): Promise<Decision> {
    this.#output.approvalAsked(itemId, prompt);
    const open = this.#questions.open(question);
    try {
      const answer = this.#ask(prompt, open);
      const decision = await Promise.race([answer, open.withdrawn]);
      if (decision === 'withdrawn') return this.#tooLate(answer);
      this.#output.approvalAnswered(decision);
      return decision;
    } finally {
      open.close();
    }
  }

  /** Not modal: the user may look around in the editor before answering. */
  async #ask(prompt: ApprovalPrompt, open: OpenQuestion): Promise<Decision> {
    const page = prompt.page === null ? null : await this.#texts.show(prompt.page);
    const close = () => {
      page?.dispose();
    };
    if (!open.isOpen) {
      close();
      return 'decline';
    }
    const chosen = vscode.window.showWarningMessage<Choice & vscode.MessageItem>(
      prompt.message,
      ...prompt.choices,
    );
    // The notification cannot be taken away, the page can.
    void Promise.race([chosen, open.withdrawn]).then(close, close);
    return decisionOf(prompt, (await chosen)?.title);
  }

  /** The notification cannot be taken away, so a late press is told that it did nothing. */
  #tooLate(answer: Promise<Decision>): Decision {
    this.#output.questionWithdrawn();
    const tell = (decision: Decision) => {
      if (decision === 'decline') return;
      void vscode.window.showInformationMessage(
        'Codex no longer asks for that approval: nothing was accepted.',
      );
    };
    // What could not be asked needs no answer any more.
    void answer.then(tell, () => undefined);
    // The server ignores this answer; should it not, it is a refusal.
    return 'decline';
  }
}
