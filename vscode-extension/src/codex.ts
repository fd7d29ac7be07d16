// The rooms of the extension and the messages between them.
import * as vscode from 'vscode';
import { Approvals } from './approvals';
import { approvalPrompt } from './approvalPrompt';
import { CodexClient, type ServerListener } from './client';
import { fileChangePrompt } from './fileChangePrompt';
import type { LaunchProblem } from './launch';
import { OpenQuestions } from './openQuestions';
import { permissionsAnswer, permissionsPrompt } from './permissionsPrompt';
import { Method, type CodexNotification } from './protocol';
import type { Answer, Question, ToolCallResponse } from './questions';
import { StartedChanges } from './startedChanges';
import { StatusItem } from './status';
import { WorkspaceThread } from './thread';
import { UserInput } from './userInput';
import { ApprovalTexts } from './views/approvalText';
import { OutputView } from './views/output';
import { ProblemsView } from './views/problems';
import { oneLine } from './visibleText';

/** We bring no tools along, so a call of one is a mistake of the model. */
const NO_TOOLS: ToolCallResponse = {
  contentItems: [{ type: 'inputText', text: 'this editor has no tools' }],
  success: false,
};

export class Codex implements ServerListener, vscode.Disposable {
  readonly log = vscode.window.createOutputChannel('Codex Server');
  readonly output = new OutputView();
  readonly problems = new ProblemsView();
  readonly client: CodexClient;
  readonly thread: WorkspaceThread;
  readonly #texts = new ApprovalTexts();
  readonly #questions = new OpenQuestions();
  readonly #approvals = new Approvals(this.output, this.#texts, this.#questions);
  readonly #userInput = new UserInput(this.output, this.#questions);
  readonly #changes = new StartedChanges();
  readonly #status = new StatusItem();

  constructor(context: vscode.ExtensionContext) {
    this.client = new CodexClient(context, this.log, this);
    this.thread = new WorkspaceThread(this.client);
  }

  notified(notification: CodexNotification): void {
    const isOurs = this.thread.hear(notification);
    if (isOurs) {
      this.output.notified(notification);
      this.problems.notified(notification);
    }
    // Of every thread: the one that was just left may still have a question open.
    this.#changes.hear(notification);
    if (notification.method === Method.serverRequestResolved) {
      this.#questions.resolved(notification.params.threadId, notification.params.requestId);
    } else if (notification.method === Method.turnCompleted) {
      this.#questions.turnEnded(notification.params.threadId, notification.params.turn.id);
    }
    if (isOurs) this.stateChanged();
  }

  async asked(question: Question): Promise<Answer> {
    const { method, params } = question;
    switch (method) {
      case Method.requestCommandApproval: {
        const prompt = approvalPrompt(params);
        return { decision: await this.#approvals.ask(question, params.itemId, prompt) };
      }
      case Method.requestFileChangeApproval: {
        const prompt = fileChangePrompt(params, this.#changes.find(params));
        return { decision: await this.#approvals.ask(question, params.itemId, prompt) };
      }
      case Method.requestPermissions: {
        const prompt = permissionsPrompt(params);
        const decision = await this.#approvals.ask(question, params.itemId, prompt);
        return permissionsAnswer(params, decision);
      }
      case Method.requestUserInput:
        return this.#userInput.ask(question, params);
      case Method.callTool:
        return NO_TOOLS;
    }
  }

  stateChanged(): void {
    this.#status.update(this.client.state, this.thread.facts.activity);
  }

  serverLost(willRestart: boolean): void {
    this.#questions.serverLost();
    this.#changes.serverLost();
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
    this.problems.dispose();
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
