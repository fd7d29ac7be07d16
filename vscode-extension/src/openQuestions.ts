// The questions of the server that are not answered yet. One is open from its arrival until it is
// answered here or the server no longer wants to know.
import type { Question } from './questions';

export class OpenQuestion {
  readonly question: Question;
  readonly withdrawn: Promise<'withdrawn'>;
  readonly #onClose: (closed: OpenQuestion) => void;
  #withdraw!: () => void;
  #isOpen = true;

  constructor(question: Question, onClose: (closed: OpenQuestion) => void) {
    this.question = question;
    this.#onClose = onClose;
    this.withdrawn = new Promise((resolve) => {
      this.#withdraw = () => {
        resolve('withdrawn');
      };
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  withdraw(): void {
    this.#isOpen = false;
    this.#withdraw();
  }

  /** Whoever opened it closes it, also after a withdrawal. */
  close(): void {
    this.#isOpen = false;
    this.#onClose(this);
  }
}

export class OpenQuestions {
  readonly #open = new Set<OpenQuestion>();

  open(question: Question): OpenQuestion {
    const opened = new OpenQuestion(question, (closed) => {
      cancellation.dispose();
      this.#open.delete(closed);
    });
    this.#open.add(opened);
    const cancellation = question.cancelled.onCancellationRequested(() => {
      opened.withdraw();
    });
    if (question.cancelled.isCancellationRequested) opened.withdraw();
    return opened;
  }

  /** The request was answered elsewhere, or the server gave it up. */
  resolved(threadId: string, requestId: string | number): void {
    this.#withdraw((question) => {
      return question.requestId === requestId && question.params.threadId === threadId;
    });
  }

  turnEnded(threadId: string, turnId: string): void {
    this.#withdraw(({ params }) => params.threadId === threadId && params.turnId === turnId);
  }

  serverLost(): void {
    this.#withdraw(() => true);
  }

  #withdraw(matches: (question: Question) => boolean): void {
    for (const open of [...this.#open]) if (matches(open.question)) open.withdraw();
  }
}
