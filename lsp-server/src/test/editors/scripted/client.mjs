// A client of Microsoft's protocol library that has never heard of Codex.
//
// It answers what any editor answers, keeps all that it receives, and notes every message that
// breaks a rule which editors rely on.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkout, tools } from '../playground.mjs';

const rpc = createRequire(path.join(tools, 'npm/'))('vscode-languageserver-protocol/node');
const PATIENCE_MS = 15_000;

const WINDOW = {
  workDoneProgress: true,
  showMessage: { messageActionItem: { additionalPropertiesSupport: false } },
};

/**
 * Starts the server and initializes it.
 *
 * `choose` gets the parameters of `window/showMessageRequest` and answers as the user does: one of
 * the actions, or null.
 */
export async function connect({ home, work, env }, { choose = () => null, window = WINDOW } = {}) {
  const server = spawn(path.join(checkout, 'bin/codex-lsp'), ['lsp'], {
    cwd: home,
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(server, 'exit');
  const client = new Client(server, choose);
  const folder = { uri: pathToFileURL(work).href, name: 'work' };
  client.initializeResult = await client.request('initialize', {
    processId: process.pid,
    clientInfo: { name: 'scripted', version: '1' },
    rootUri: folder.uri,
    workspaceFolders: [folder],
    capabilities: { window, workspace: { workspaceFolders: true } },
  });
  await client.notify('initialized', {});
  return Object.assign(client, { exited });
}

class Client {
  /** Every message from the server, in its order: `{method, params}`. */
  received = [];
  /** What the server did that it must not do. */
  violations = [];
  #progress = new Map();
  #waiting = new Set();

  constructor(server, choose) {
    this.server = server;
    const reader = new rpc.StreamMessageReader(server.stdout);
    const writer = new rpc.StreamMessageWriter(server.stdin);
    this.connection = rpc.createMessageConnection(reader, writer);
    this.#answer(choose);
    this.connection.onNotification((method, params) => this.#see(method, params));
    // The library hands progress of tokens that it does not know only to this hook.
    this.connection.onUnhandledProgress((params) => this.#checkProgress(params));
    this.connection.onError(([error]) => this.violations.push(`stream: ${error.message}`));
    // Without this, requests stay open for ever when the server dies.
    this.connection.onClose(() => this.connection.dispose());
    this.connection.listen();
  }

  #answer(choose) {
    this.connection.onRequest((method, params) => {
      this.#see(method, params);
      this.violations.push(`request ${method}, which standard clients do not have`);
      return new rpc.ResponseError(rpc.ErrorCodes.MethodNotFound, `no ${method}`);
    });
    this.connection.onRequest('window/showMessageRequest', async (params) => {
      this.#see('window/showMessageRequest', params);
      return choose(params);
    });
    this.connection.onRequest('window/workDoneProgress/create', async (params) => {
      this.#see('window/workDoneProgress/create', params);
      if (this.#progress.has(params.token)) this.violations.push(`${params.token} created twice`);
      this.#progress.set(params.token, 'asked');
      // Long enough for a server that does not wait for the answer to be caught.
      await new Promise((resolve) => setTimeout(resolve, 100));
      this.#progress.set(params.token, 'created');
      return null;
    });
  }

  #checkProgress(params) {
    this.#see('$/progress', params);
    const { token, value } = params;
    const state = this.#progress.get(token);
    const wanted = value.kind === 'begin' ? 'created' : 'begun';
    if (state !== wanted) this.violations.push(`${value.kind} of ${token}, which is ${state}`);
    if (value.kind === 'begin' && !value.title) this.violations.push(`${token} has no title`);
    this.#progress.set(token, value.kind === 'end' ? 'ended' : 'begun');
  }

  #see(method, params) {
    this.received.push({ method, params });
    for (const look of this.#waiting) look();
  }

  request(method, params) {
    return this.connection.sendRequest(method, params);
  }

  notify(method, params) {
    return this.connection.sendNotification(method, params);
  }

  command(command, ...args) {
    return this.request('workspace/executeCommand', { command, arguments: args });
  }

  /** The parameters of all messages of a method. */
  all(method) {
    return this.received.filter((message) => message.method === method).map(({ params }) => params);
  }

  /** Waits for the n-th message of a method that fits, also among those that have come. */
  until(method, fits = () => true, n = 1) {
    return new Promise((resolve, reject) => {
      const last = () => JSON.stringify(this.received.slice(-5), null, 1);
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`no fitting ${method}; the last messages: ${last()}`));
      }, PATIENCE_MS);
      const look = () => {
        const hit = this.all(method).filter(fits)[n - 1];
        if (hit === undefined) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(hit);
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Waits for the n-th progress of this kind. */
  progress(kind, n = 1) {
    return this.until('$/progress', ({ value }) => value.kind === kind, n);
  }

  /** Shuts down and answers the exit code; the server has 5 s for it, the violations are final. */
  async close() {
    await this.request('shutdown');
    await this.notify('exit');
    const timer = setTimeout(() => this.server.kill('SIGKILL'), 5_000);
    const [code, signal] = await this.exited;
    clearTimeout(timer);
    for (const [token, state] of this.#progress) {
      // A turn may end before the editor has agreed; then its progress need not begin.
      if (state === 'begun') this.violations.push(`${token} has begun and not ended`);
    }
    return code ?? signal;
  }

  /** For tests that fail on their way. */
  kill() {
    if (this.server.exitCode === null) this.server.kill('SIGKILL');
  }
}
