// A stand-in for the server: a language server with a scripted model in it, on standard input and output.
// It keeps the real one's order of messages and runs approved commands for real, and nothing else.
import {
  StreamMessageReader,
  StreamMessageWriter,
  createMessageConnection,
  ResponseError,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { Method, type ThreadStatus } from '../../src/protocol';
import type {
  Account,
  CompactStartParams,
  ReviewStartParams,
  TurnStartParams,
} from '../../src/requests';
import { FakeTurn, type TurnKind, type Wire } from './fakeTurn';

const INVALID_REQUEST = -32600;

interface InitializeParams {
  readonly capabilities?: { readonly window?: { readonly workDoneProgress?: boolean } };
}

class FakeServer {
  readonly #connection: MessageConnection;
  readonly #wire: Wire;
  readonly #turns = new Map<string, FakeTurn>();
  /** The folder of each thread. */
  readonly #threads = new Map<string, string>();
  #account: Account | null = null;
  #requests = 0;
  #turnCount = 0;
  #showsProgress = false;

  constructor(connection: MessageConnection) {
    this.#connection = connection;
    this.#wire = {
      notify: (method, params) => void connection.sendNotification(method, params),
      // The library numbers its requests from 0.
      request: (method, params) => ({
        id: this.#requests++,
        answer: connection.sendRequest(method, params),
      }),
    };
  }

  listen(): void {
    const on = this.#connection.onRequest.bind(this.#connection);
    on('initialize', (params: InitializeParams) => this.#initialize(params));
    on('shutdown', () => this.#interruptAll());
    on(Method.threadStart, ({ cwd }: { cwd?: string }) => this.#threadStart(cwd));
    on(Method.turnStart, ({ threadId, input }: TurnStartParams) =>
      this.#begin(
        threadId,
        'turn',
        input.map((part) => (part.type === 'text' ? part.text : '')).join(''),
      ),
    );
    on(Method.reviewStart, ({ threadId, target }: ReviewStartParams) =>
      this.#begin(threadId, 'review', target.type === 'custom' ? target.instructions : target.type),
    );
    on(Method.compactStart, ({ threadId }: CompactStartParams) => {
      this.#begin(threadId, 'compaction', '');
      return {};
    });
    on(Method.accountRead, () => ({ account: this.#account, requiresOpenaiAuth: true }));
    on(Method.loginStart, ({ type }: { type: 'apiKey' }) => (this.#account = { type }));
    on(Method.logout, () => {
      this.#account = null;
      return {};
    });
    on(Method.turnInterrupt, ({ threadId, turnId }: { threadId: string; turnId: string }) => {
      const turn = this.#turns.get(threadId);
      if (turn?.id !== turnId) throw refusal('no active turn to interrupt');
      turn.interrupt();
      return {};
    });
    this.#connection.onNotification(
      'window/workDoneProgress/cancel',
      (params: { token: string }) => {
        for (const turn of this.#turns.values()) {
          if (turn.progressToken === params.token) turn.interrupt();
        }
      },
    );
    this.#connection.onNotification('exit', () => process.exit(0));
    this.#connection.onClose(() => {
      this.#interruptAll();
      process.exit(0);
    });
    this.#connection.listen();
  }

  #initialize(params: InitializeParams) {
    this.#showsProgress = params.capabilities?.window?.workDoneProgress === true;
    return {
      serverInfo: { name: 'fake-codex-lsp', version: '0' },
      capabilities: {
        textDocumentSync: { openClose: true, change: 1 },
        // The real server's commands: the extension's must not collide with them.
        executeCommandProvider: { commands: ['codex.ask', 'codex.interrupt'] },
        experimental: {
          codex: { protocolVersion: '0', userAgent: 'fake-codex-lsp/0', codexHome: '/nowhere' },
        },
      },
    };
  }

  #threadStart(cwd: string | undefined) {
    if (!cwd) throw refusal('no cwd and no workspace folder');
    const thread = { id: `thread-${this.#threads.size + 1}`, cwd };
    this.#threads.set(thread.id, cwd);
    later(() => {
      this.#wire.notify(Method.threadStarted, { thread });
    });
    return { thread, model: 'scripted' };
  }

  #begin(threadId: string, kind: TurnKind, prompt: string) {
    if (this.#turns.has(threadId)) throw refusal('a turn is already running');
    const id = `turn-${++this.#turnCount}`;
    const status = (value: ThreadStatus) => {
      this.#wire.notify(Method.threadStatusChanged, { threadId, status: value });
    };
    const cwd = this.#threads.get(threadId);
    if (cwd === undefined) throw refusal(`thread not found: ${threadId}`);
    const shows = this.#showsProgress;
    const turn = new FakeTurn(this.#wire, { threadId, id, cwd, kind, prompt, shows, status });
    this.#turns.set(threadId, turn);
    later(() => {
      void turn.run().finally(() => this.#turns.delete(threadId));
    });
    return { turn: { id, status: 'inProgress', items: [], itemsView: 'notLoaded', error: null } };
  }

  #interruptAll(): null {
    for (const turn of this.#turns.values()) turn.interrupt();
    return null;
  }
}

function refusal(message: string): ResponseError {
  return new ResponseError(INVALID_REQUEST, message);
}

/** After the response: that comes before every notification about what it started. */
function later(act: () => void): void {
  setImmediate(() => setImmediate(act));
}

new FakeServer(
  createMessageConnection(
    new StreamMessageReader(process.stdin),
    new StreamMessageWriter(process.stdout),
  ),
).listen();
process.stderr.write('fake-codex-lsp: scripted stand-in, no model\n');
