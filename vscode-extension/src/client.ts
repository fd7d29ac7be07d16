// The life of the server: start, crash, restart, stop; and the way to it and from it. Everything here
// runs on the extension host's one thread.
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  Message,
  State,
  type ErrorHandler,
  type LanguageClient,
  type LanguageClientOptions,
  type StateChangeEvent,
} from 'vscode-languageclient/node';
import { QuietClient } from './languageClient';
import {
  earlyEndProblem,
  findLauncher,
  serverEnvironment,
  JAVA_HOME,
  SERVER_PATH,
  type LaunchProblem,
} from './launch';
import { HEARD, type CodexClientOptions, type CodexNotification } from './protocol';
import { ASKED, type Answer, type Question } from './questions';
import type { Requests } from './requests';
import { ServerProcess } from './serverProcess';
import type { ServerState } from './statusFace';
import type { RequestSender } from './thread';

/** A checkout's launcher may build the server first. */
const START_LIMIT_MS = 5 * 60_000;
const STOP_LIMIT_MS = 2000;
/** How long the exit status of a server is waited for that broke its connection. */
const EXIT_LIMIT_MS = 1000;

const OPTIONS: CodexClientOptions = {
  title: 'Codex for VS Code',
  approvals: true,
  experimentalApi: true,
};

/** Who is told what the server does. */
export interface ServerListener {
  notified(notification: CodexNotification): void;
  /** A request of the server; the promise is its answer, and a rejection an error. */
  asked(question: Question): Promise<Answer>;
  stateChanged(): void;
  /** The server is gone without having been told to go. */
  serverLost(willRestart: boolean): void;
  startFailed(problem: LaunchProblem): void;
}

export class CodexClient implements RequestSender {
  readonly #context: vscode.ExtensionContext;
  readonly #log: vscode.OutputChannel;
  readonly #listener: ServerListener;
  /** The JSON-RPC ids of the server's questions, by their params; the language client keeps them to itself. */
  readonly #requestIds = new WeakMap<object, string | number>();
  #language: LanguageClient | null = null;
  #server: ServerProcess | null = null;
  #state: ServerState = 'stopped';
  #starting: Promise<boolean> | null = null;
  #startTimer: NodeJS.Timeout | undefined;
  /** False from `stop` on: the end of the server is then no news. */
  #isWanted = false;
  #willRestart = false;
  /** Why `initialize` failed, if the server lives on. */
  #refusal = '';

  constructor(
    context: vscode.ExtensionContext,
    log: vscode.OutputChannel,
    listener: ServerListener,
  ) {
    this.#context = context;
    this.#log = log;
    this.#listener = listener;
  }

  get state(): ServerState {
    return this.#state;
  }

  get language(): LanguageClient | null {
    return this.#language;
  }

  get serverPid(): number | null {
    return this.#server?.child.pid ?? null;
  }

  /** Starts the server unless it runs. False when that failed; the listener has been told then. */
  start(): Promise<boolean> {
    if (this.#state === 'running') return Promise.resolve(true);
    this.#starting ??= this.#startOrJoin().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  async request<M extends keyof Requests>(
    method: M,
    params: Requests[M]['params'],
  ): Promise<Requests[M]['result']> {
    if (this.#language === null || this.#state !== 'running') {
      throw new Error('the Codex server does not run');
    }
    return this.#language.sendRequest<Requests[M]['result']>(method, params);
  }

  /** Ends the server, by force after a while; afterwards it can be started again. */
  async stop(): Promise<void> {
    this.#isWanted = false;
    try {
      await this.#language?.stop(STOP_LIMIT_MS);
    } catch {
      // It did not answer in time; ending the process needs no answer.
    }
    await this.#server?.end();
    this.#changeState('stopped');
  }

  async #startOrJoin(): Promise<boolean> {
    // The editor does not run this extension in an untrusted folder at all; this is the second lock.
    if (!vscode.workspace.isTrusted) return false;
    this.#isWanted = true;
    if (this.#state !== 'starting') {
      const settings = vscode.workspace.getConfiguration();
      const launcher = findLauncher({
        path: settings.get<string>(SERVER_PATH, '').trim(),
        extensionPath: this.#context.extensionPath,
        isDevelopment: this.#context.extensionMode !== vscode.ExtensionMode.Production,
      });
      if (launcher.problem) {
        this.#changeState('failed');
        this.#listener.startFailed(launcher.problem);
        return false;
      }
      this.#language = this.#newLanguageClient(launcher.command);
    }
    if (this.#language !== null) await startSettled(this.#language);
    // Where it does not run, the change of state has told the listener.
    return this.#state === 'running' && this.#checkServer();
  }

  /** Some other language server would take every request for a mistake. */
  async #checkServer(): Promise<boolean> {
    const result = this.#language?.initializeResult;
    const experimental: unknown = result?.capabilities.experimental;
    if (typeof experimental === 'object' && experimental !== null && 'codex' in experimental) {
      return true;
    }
    await this.stop();
    this.#changeState('failed');
    this.#listener.startFailed({
      message: 'The program that was started is not a Codex server.',
      action: 'openSettings',
      setting: SERVER_PATH,
    });
    return false;
  }

  #newLanguageClient(command: string): LanguageClient {
    const options: LanguageClientOptions = {
      // Any file, since the agent wants to know what the user sees, whatever its language.
      documentSelector: [{ scheme: 'file' }, { scheme: 'untitled' }],
      initializationOptions: { codex: OPTIONS },
      outputChannel: this.#log,
      traceOutputChannel: this.#log,
      initializationFailedHandler: (error: Error) => {
        this.#refusal = error.message;
        return false;
      },
      connectionOptions: { messageStrategy: { handleMessage: this.#noteRequestId } },
      errorHandler: this.#errorHandler(),
    };
    const language = new QuietClient('codex', 'Codex', () => this.#spawn(command), options);
    language.onDidChangeState((event) => {
      this.#languageStateChanged(event);
    });
    this.#listen(language);
    return language;
  }

  #spawn(command: string) {
    this.#server?.kill();
    this.#server = null;
    this.#refusal = '';
    const javaHome = vscode.workspace.getConfiguration().get<string>(JAVA_HOME, '').trim();
    const server = new ServerProcess(command, serverEnvironment(process.env, javaHome));
    this.#server = server;
    clearTimeout(this.#startTimer);
    this.#startTimer = setTimeout(() => {
      this.#log.appendLine(`the server did not answer within ${START_LIMIT_MS / 1000} s`);
      server.kill();
    }, START_LIMIT_MS);
    return Promise.resolve(server.child);
  }

  #listen(language: LanguageClient): void {
    for (const method of HEARD) {
      language.onNotification(method, (params: unknown) => {
        // The one place where wire data becomes typed: the method tells what the params are.
        this.#listener.notified({ method, params } as CodexNotification);
      });
    }
    for (const method of ASKED) {
      language.onRequest(method, (params: object, cancelled: vscode.CancellationToken) => {
        const requestId = this.#requestIds.get(params) ?? null;
        return this.#listener.asked({ method, params, requestId, cancelled } as Question);
      });
    }
  }

  readonly #noteRequestId = (message: Message, next: (message: Message) => void): void => {
    if (
      Message.isRequest(message) &&
      ASKED.some((method) => method === message.method) &&
      typeof message.params === 'object' &&
      message.id !== null
    ) {
      this.#requestIds.set(message.params, message.id);
    }
    next(message);
  };

  #errorHandler(): ErrorHandler {
    // The language client's own rule: five crashes within three minutes end the restarts.
    let usual: ErrorHandler | null = null;
    const rule = () => (usual ??= this.#language?.createDefaultErrorHandler() ?? null);
    return {
      error: (error, message, count) =>
        rule()?.error(error, message, count) ?? { action: ErrorAction.Shutdown },
      closed: async () => {
        if (this.#language?.state !== State.Running) {
          return { action: CloseAction.DoNotRestart, handled: true };
        }
        const result = (await rule()?.closed()) ?? { action: CloseAction.DoNotRestart };
        this.#willRestart = result.action === CloseAction.Restart;
        return { ...result, handled: true };
      },
    };
  }

  #languageStateChanged({ oldState, newState }: StateChangeEvent): void {
    if (newState === State.Starting) {
      this.#changeState('starting');
      return;
    }
    clearTimeout(this.#startTimer);
    if (newState === State.Running) {
      this.#changeState('running');
    } else if (this.#isWanted) {
      const willRestart = this.#willRestart;
      this.#willRestart = false;
      this.#changeState(willRestart ? 'starting' : 'failed');
      if (oldState === State.Running) this.#listener.serverLost(willRestart);
      else void this.#tellWhyNot();
    }
  }

  async #tellWhyNot(): Promise<void> {
    const server = this.#server;
    const stillRuns = new Promise<null>((resolve) => setTimeout(resolve, EXIT_LIMIT_MS, null));
    const end = await Promise.race([server?.ended ?? null, stillRuns]);
    server?.kill();
    const reason = this.#refusal || 'see its log';
    const message = `The Codex server did not start: ${reason}`;
    this.#listener.startFailed(
      end === null ? { message, action: 'showLog', setting: SERVER_PATH } : earlyEndProblem(end),
    );
  }

  #changeState(state: ServerState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#listener.stateChanged();
  }
}

/**
 * Waits until the client runs, or does not start. Its own promise is not enough: when the server
 * ends while `initialize` is on its way, it may be fulfilled or stay open.
 */
function startSettled(language: LanguageClient): Promise<void> {
  return new Promise((resolve) => {
    const heard = language.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped) settle();
    });
    const settle = () => {
      heard.dispose();
      resolve();
    };
    language.start().then(settle, settle);
  });
}
