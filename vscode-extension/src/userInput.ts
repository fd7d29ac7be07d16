// The model's questions to the user, as pick lists and input boxes of the editor.
import * as vscode from 'vscode';
import type { OpenQuestion, OpenQuestions } from './openQuestions';
import type { Question, UserInputParams, UserInputResponse, UserQuestion } from './questions';
import { answersTo, type Asker, type Picked } from './userAnswers';
import type { OutputView } from './views/output';
import { oneLine, withoutIcons } from './visibleText';

const NOTHING: UserInputResponse = { answers: {} };

export class UserInput {
  readonly #output: OutputView;
  readonly #questions: OpenQuestions;
  /** The editor has one input at a time: a second one would dismiss the first. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(output: OutputView, questions: OpenQuestions) {
    this.#output = output;
    this.#questions = questions;
  }

  async ask(question: Question, params: UserInputParams): Promise<UserInputResponse> {
    this.#output.inputAsked(params.questions);
    const open = this.#questions.open(question);
    const token = new vscode.CancellationTokenSource();
    void open.withdrawn.then(() => {
      token.cancel();
    });
    try {
      const response = this.#inTurn(params, open, token.token);
      const answer = await Promise.race([response, open.withdrawn]);
      if (answer === 'withdrawn') {
        this.#output.questionWithdrawn();
        return NOTHING;
      }
      this.#output.inputAnswered(Object.keys(answer.answers).length, params.questions.length);
      return answer;
    } finally {
      open.close();
      token.dispose();
    }
  }

  #inTurn(
    { questions }: UserInputParams,
    open: OpenQuestion,
    token: vscode.CancellationToken,
  ): Promise<UserInputResponse> {
    const response = this.#last.then(() => answersTo(questions, asker(token), () => open.isOpen));
    this.#last = response.catch(() => undefined);
    return response;
  }
}

/** Its inputs close when the token is cancelled; they stay when the user looks around in the editor. */
function asker(token: vscode.CancellationToken): Asker {
  return {
    pick: async (question) => {
      const options = {
        title: titleOf(question),
        placeHolder: shown(question.question),
        ignoreFocusOut: true,
      };
      return (await vscode.window.showQuickPick(itemsOf(question), options, token)) ?? null;
    },
    type: async (question) => {
      const options = {
        title: titleOf(question),
        prompt: shown(question.question),
        password: question.isSecret === true,
        ignoreFocusOut: true,
      };
      return (await vscode.window.showInputBox(options, token)) ?? null;
    },
  };
}

function titleOf({ header }: UserQuestion): string {
  return `Codex asks: ${shown(header)}`;
}

function itemsOf({ options, isOther }: UserQuestion): (vscode.QuickPickItem & Picked)[] {
  const items = (options ?? []).map(({ label, description }) => {
    return { label: shown(label), detail: shown(description), answer: label };
  });
  const other = { label: 'Something else…', detail: 'An answer of your own', answer: null };
  return isOther === true ? [...items, other] : items;
}

/** The editor would draw icons for some words. */
function shown(text: string): string {
  return withoutIcons(oneLine(text));
}
