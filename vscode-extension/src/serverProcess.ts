// One server process: started here, watched here, and ended here at the latest.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import type { EarlyEnd } from './launch';

/** How much of stderr is kept for an error message; all of it goes to the log. */
const KEPT_STDERR = 4096;
/** How long a server that was asked to end may take; its own limit is two seconds. */
const END_LIMIT_MS = 2500;
/** How long the last of stderr is waited for, which a process it left behind may hold open. */
const LAST_WORDS_MS = 300;

export class ServerProcess {
  readonly child: ChildProcessWithoutNullStreams;
  /** Settles when the process is gone; never rejects. */
  readonly ended: Promise<EarlyEnd>;
  #stderr = '';

  constructor(command: string, environment: Record<string, string | undefined>) {
    this.child = spawn(command, ['lsp'], { env: environment, stdio: 'pipe' });
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-KEPT_STDERR);
    });
    // A broken pipe shows as the end of the connection; unheard it would end the extension host.
    this.child.stdin.on('error', () => undefined);
    this.ended = this.#watch();
  }

  #watch(): Promise<EarlyEnd> {
    return new Promise((resolve) => {
      this.child.once('error', (error) => {
        resolve({ exitCode: null, signal: null, stderr: error.message });
      });
      this.child.once('exit', (exitCode, signal) => {
        const settle = () => {
          resolve({ exitCode, signal, stderr: this.#stderr });
        };
        this.child.once('close', settle);
        setTimeout(settle, LAST_WORDS_MS);
      });
    });
  }

  /** Waits for the end that was asked for, then forces it. */
  async end(): Promise<void> {
    const timer = setTimeout(() => this.child.kill('SIGKILL'), END_LIMIT_MS);
    this.child.stdin.end();
    await this.ended;
    clearTimeout(timer);
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}
