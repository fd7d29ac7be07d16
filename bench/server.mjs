// The two servers that are compared, behind one interface.
import { spawn } from 'node:child_process';
import fs from 'node:fs';

const BOUND_MS = 60_000;

/** Ticks of /proc/PID/stat; a constant of Linux's interface. */
const TICKS_PER_MS = 0.1;

/** LSP framing and our names. */
const LSP = {
  encode: (message) => {
    const method = message.method && (message.lsp ? message.method : `codex/${message.method}`);
    const body = JSON.stringify({ jsonrpc: '2.0', ...message, method, lsp: undefined });
    return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  },
  /** Where the first message begins and ends, or null while it is incomplete. */
  frame: (bytes) => {
    const header = bytes.indexOf('\r\n\r\n');
    if (header < 0) return null;
    const length = Number(/content-length: *(\d+)/i.exec(bytes.latin1Slice(0, header))[1]);
    return bytes.length < header + 4 + length ? null : [header + 4, header + 4 + length];
  },
  initialize: (folder) => ({
    processId: process.pid,
    clientInfo: { name: 'bench', version: '1' },
    capabilities: {},
    workspaceFolders: [{ uri: `file://${folder}`, name: 'bench' }],
    initializationOptions: { codex: { approvals: true } },
  }),
};

/** The original's: one message a line. */
const LINES = {
  encode: (message) => `${JSON.stringify({ ...message, lsp: undefined })}\n`,
  frame: (bytes) => {
    const end = bytes.indexOf(10);
    return end < 0 ? null : [0, end + 1];
  },
  initialize: () => ({ clientInfo: { name: 'bench', title: 'Bench', version: '1' } }),
};

/** How to start each of them. */
export function ours(launcher) {
  return { name: 'ours', command: [launcher, 'lsp'], wire: LSP };
}

export function original(binary) {
  return { name: 'original', command: [binary, 'app-server'], wire: LINES };
}

/** A running server. Deltas are counted, not parsed, so that the client is not the bottleneck. */
export class Server {
  #child;
  #wire;
  #rest = Buffer.alloc(0);
  #answers = new Map();
  #waiters = [];
  #questions = [];
  #turnEnded = () => {};
  #nextId = 1;
  #log = '';
  deltas = 0;
  firstDelta = 0;
  lastDelta = 0;

  /** The folder of the user is a fresh one: a real login profile would be measured along. */
  constructor(kind, userHome, folder) {
    this.#wire = kind.wire;
    this.folder = folder;
    this.started = performance.now();
    const [file, ...args] = kind.command;
    const own = { HOME: userHome, CODEX_HOME: `${userHome}/.codex`, NO_PROXY: '127.0.0.1' };
    const env = { ...process.env, ...own };
    this.#child = spawn(file, args, { cwd: folder, env });
    this.#child.stdout.on('data', (chunk) => this.#feed(chunk));
    this.#child.stderr.on('data', (chunk) => (this.#log = (this.#log + chunk).slice(-2000)));
    this.#child.stdin.on('error', () => {});
    this.exited = new Promise((resolve) => this.#child.on('exit', resolve));
  }

  /** Resolves to the time of the answer. */
  async initialize() {
    await this.request('initialize', this.#wire.initialize(this.folder), true);
    const at = performance.now();
    this.#send({ method: 'initialized', params: {}, lsp: true });
    return at;
  }

  request(method, params, lsp = false) {
    const id = this.#nextId++;
    this.#send({ id, method, params, lsp });
    return this.#bounded(method, (resolve, reject) => this.#answers.set(id, { resolve, reject }));
  }

  /** The next notification of that name, with the time it came at. */
  notification(method) {
    return this.#bounded(method, (resolve) => this.#waiters.push({ method, resolve }));
  }

  /** The next question of that name, with the time it came at and the way to answer it. */
  question(method) {
    return this.#bounded(method, (resolve) => this.#questions.push({ method, resolve }));
  }

  /** So many turns from now on; rejects when one of them does not complete. */
  turns(count) {
    let left = count;
    return this.#bounded('the end of all turns', (resolve, reject) => {
      this.#turnEnded = (turn) => {
        if (turn.status !== 'completed') reject(new Error(JSON.stringify(turn)));
        else if (--left === 0) resolve(performance.now());
      };
    });
  }

  residentMegabytes() {
    const status = fs.readFileSync(`/proc/${this.#child.pid}/status`, 'latin1');
    return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
  }

  cpuMs() {
    const stat = fs.readFileSync(`/proc/${this.#child.pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_MS;
  }

  async stop() {
    this.#child.kill('SIGKILL');
    await this.exited;
  }

  #bounded(what, start) {
    return new Promise((resolve, reject) => {
      const late = () => reject(new Error(`no ${what} in time: ${this.#log}`));
      const timer = setTimeout(late, BOUND_MS);
      const end = (settle) => (value) => {
        clearTimeout(timer);
        settle(value);
      };
      start(end(resolve), end(reject));
      this.exited.then((status) => {
        clearTimeout(timer);
        reject(new Error(`status ${status} instead of ${what}: ${this.#log}`));
      });
    });
  }

  #send(message) {
    this.#child.stdin.write(this.#wire.encode(message));
  }

  #feed(chunk) {
    const at = performance.now();
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (let frame = this.#wire.frame(bytes); frame; frame = this.#wire.frame(bytes)) {
      this.#message(bytes.subarray(...frame), at);
      bytes = bytes.subarray(frame[1]);
    }
    this.#rest = bytes;
  }

  #message(body, at) {
    if (body.latin1Slice(0, 80).includes('item/agentMessage/delta')) {
      if (this.deltas++ === 0) this.firstDelta = at;
      this.lastDelta = at;
      return;
    }
    const message = JSON.parse(body.toString());
    if (message.method === undefined) {
      const { resolve, reject } = this.#answers.get(message.id);
      this.#answers.delete(message.id);
      if (message.error) reject(new Error(JSON.stringify(message.error)));
      else resolve(message.result);
      return;
    }
    const method = message.method.replace(/^codex\//, '');
    if (message.id !== undefined) {
      const asked = this.#questions.findIndex((each) => each.method === method);
      if (asked < 0) throw new Error(`unexpected question: ${message.method}`);
      const answer = (result) => this.#send({ id: message.id, result });
      this.#questions.splice(asked, 1)[0].resolve({ at, params: message.params, answer });
      return;
    }
    if (method === 'turn/completed') this.#turnEnded(message.params.turn);
    const waiter = this.#waiters.findIndex((each) => each.method === method);
    if (waiter >= 0) this.#waiters.splice(waiter, 1)[0].resolve({ at, params: message.params });
  }
}
