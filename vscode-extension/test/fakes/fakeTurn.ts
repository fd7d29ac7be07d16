// One turn of the fake server, played from the script.
import { spawn } from 'node:child_process';
import {
  Method,
  type CommandExecutionItem,
  type ThreadItem,
  type ThreadStatus,
  type TurnStatus,
} from '../../src/protocol';
import type { ApprovalResponse } from '../../src/questions';
import {
  AFTER_COMMAND,
  COMMAND_REASON,
  ELSEWHERE,
  FOUND_BODY,
  FOUND_TITLE,
  HELLO_ANSWER,
  HELLO_THOUGHT,
  QUESTION,
  REVIEW,
  RUN,
  STALL,
  STALL_BEGINNING,
  type ScriptedQuestion,
} from '../inhost/script';

export interface Wire {
  notify(method: string, params: object): void;
  request(
    method: string,
    params: object,
  ): { readonly id: number; readonly answer: Promise<unknown> };
}

export type TurnKind = 'turn' | 'review' | 'compaction';

interface TurnFacts {
  readonly threadId: string;
  readonly id: string;
  readonly cwd: string;
  readonly kind: TurnKind;
  readonly prompt: string;
  /** Whether the client shows progress. */
  readonly shows: boolean;
  status(value: ThreadStatus): void;
}

class Interrupted extends Error {}

export class FakeTurn {
  readonly id: string;
  readonly progressToken: string;
  readonly #wire: Wire;
  readonly #facts: TurnFacts;
  readonly #interruption: Promise<never>;
  readonly #ids: { readonly threadId: string; readonly turnId: string };
  #interrupt!: () => void;
  /** The approval that is not answered yet. */
  #openRequest: number | null = null;

  constructor(wire: Wire, facts: TurnFacts) {
    this.#wire = wire;
    this.#facts = facts;
    this.id = facts.id;
    this.progressToken = `progress-${facts.id}`;
    this.#ids = { threadId: facts.threadId, turnId: facts.id };
    this.#interruption = new Promise((_, reject) => {
      this.#interrupt = () => {
        reject(new Interrupted());
      };
    });
    this.#interruption.catch(() => undefined);
  }

  interrupt(): void {
    this.#interrupt();
  }

  async run(): Promise<void> {
    const started = Date.now();
    const notify = (method: string, status: TurnStatus) => {
      const durationMs = Date.now() - started;
      this.#wire.notify(method, {
        threadId: this.#facts.threadId,
        turn: { id: this.id, items: [], itemsView: 'notLoaded', status, durationMs },
      });
    };
    this.#facts.status({ type: 'active', activeFlags: [] });
    notify(Method.turnStarted, 'inProgress');
    const status = await this.#progress(() => this.#play());
    this.#wire.notify(Method.tokenUsageUpdated, {
      ...this.#ids,
      tokenUsage: { total: { totalTokens: 150 }, last: { totalTokens: 150 } },
    });
    this.#facts.status({ type: 'idle' });
    notify(Method.turnCompleted, status);
    this.#resolved();
  }

  #resolved(): void {
    const { threadId } = this.#facts;
    const requestId = this.#openRequest;
    this.#openRequest = null;
    if (requestId !== null)
      this.#wire.notify(Method.serverRequestResolved, { threadId, requestId });
  }

  async #play(): Promise<TurnStatus> {
    const { kind, prompt } = this.#facts;
    if (kind === 'compaction') {
      this.#item({ type: 'contextCompaction', id: `${this.id}-compaction` });
      return 'completed';
    }
    if (kind === 'review') {
      this.#item({ type: 'enteredReviewMode', id: `${this.id}-entered`, review: prompt });
    }
    const content = [{ type: 'text', text: prompt }] as const;
    this.#item({ type: 'userMessage', id: `${this.id}-user`, content });
    try {
      if (kind === 'review') return await this.#review(prompt.slice(REVIEW.length));
      if (prompt.startsWith(RUN)) return await this.#command(prompt.slice(RUN.length));
      if (prompt.startsWith(ELSEWHERE)) return await this.#command(prompt.slice(ELSEWHERE.length));
      if (prompt.startsWith(QUESTION)) {
        const question = JSON.parse(prompt.slice(QUESTION.length)) as ScriptedQuestion;
        return await this.#question(question);
      }
      if (prompt === STALL) await this.#say([STALL_BEGINNING, null]);
      const reasoning = { type: 'reasoning', id: `${this.id}-thought`, content: [] } as const;
      this.#item({ ...reasoning, summary: [`**${HELLO_THOUGHT}**`] });
      await this.#say(HELLO_ANSWER);
      return 'completed';
    } catch (error) {
      if (error instanceof Interrupted) return 'interrupted';
      throw error;
    }
  }

  async #review(file: string): Promise<TurnStatus> {
    const finding = { title: FOUND_TITLE, body: FOUND_BODY, file, priority: 1 };
    const findings = [{ ...finding, lineRange: { start: 2, end: 2 } }];
    const id = `${this.id}-exited`;
    const review = 'Something is missing.';
    this.#item({ type: 'exitedReviewMode', id, review, output: { findings } });
    await this.#say([review]);
    return 'completed';
  }

  #item(item: ThreadItem): void {
    this.#wire.notify(Method.itemStarted, { ...this.#ids, item });
    this.#wire.notify(Method.itemCompleted, { ...this.#ids, item });
  }

  /** Null stands for an end that never comes. */
  async #say(pieces: readonly (string | null)[]): Promise<void> {
    const item = { type: 'agentMessage', id: `${this.id}-answer`, text: '' };
    this.#wire.notify(Method.itemStarted, { ...this.#ids, item });
    for (const delta of pieces) {
      if (delta === null) await this.#interruption;
      this.#wire.notify(Method.agentMessageDelta, { ...this.#ids, itemId: item.id, delta });
      await this.#orInterrupted(new Promise((resolve) => setTimeout(resolve, 10)));
    }
    const text = pieces.join('');
    this.#wire.notify(Method.itemCompleted, { ...this.#ids, item: { ...item, text } });
  }

  async #command(command: string): Promise<TurnStatus> {
    const item: CommandExecutionItem = {
      type: 'commandExecution',
      id: `${this.id}-call`,
      command,
      cwd: this.#facts.cwd,
      status: 'inProgress',
    };
    const completed = (over: Partial<CommandExecutionItem>) => {
      this.#wire.notify(Method.itemCompleted, { ...this.#ids, item: { ...item, ...over } });
    };
    this.#wire.notify(Method.itemStarted, { ...this.#ids, item });
    const decision = await this.#approval(item);
    if (decision === 'accept' || decision === 'acceptForSession') {
      this.#report(`running ${command}`);
      completed(await this.#execute(item));
    } else {
      completed({ status: 'declined' });
      if (decision === 'cancel') return 'interrupted';
    }
    await this.#say([AFTER_COMMAND]);
    return 'completed';
  }

  async #question({ method, params, item }: ScriptedQuestion): Promise<TurnStatus> {
    if (item) this.#wire.notify(Method.itemStarted, { ...this.#ids, item });
    const { id, answer } = this.#wire.request(method, { ...this.#ids, ...params });
    this.#openRequest = id;
    const given = await this.#orInterrupted(answer);
    this.#resolved();
    if (item) this.#wire.notify(Method.itemCompleted, { ...this.#ids, item });
    await this.#say([JSON.stringify(given)]);
    return 'completed';
  }

  async #approval(item: CommandExecutionItem): Promise<ApprovalResponse['decision']> {
    this.#report('waiting for approval');
    this.#facts.status({ type: 'active', activeFlags: ['waitingOnApproval'] });
    const { id, answer } = this.#wire.request(Method.requestCommandApproval, {
      ...this.#ids,
      itemId: item.id,
      startedAtMs: Date.now(),
      kind: 'command',
      command: item.command,
      cwd: item.cwd,
      reason: COMMAND_REASON,
      availableDecisions: ['accept', 'acceptForSession', 'decline', 'cancel'],
    });
    this.#openRequest = id;
    const elsewhere = this.#facts.prompt.startsWith(ELSEWHERE);
    const given = elsewhere ? acceptedElsewhere() : (answer as Promise<ApprovalResponse>);
    const { decision } = await this.#orInterrupted(given);
    this.#resolved();
    this.#facts.status({ type: 'active', activeFlags: [] });
    return decision;
  }

  async #execute(item: CommandExecutionItem): Promise<Partial<CommandExecutionItem>> {
    const child = spawn('/bin/sh', ['-c', item.command], {
      cwd: item.cwd,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const hear = (delta: string) => {
      output += delta;
      this.#wire.notify(Method.commandOutputDelta, { ...this.#ids, itemId: item.id, delta });
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    const closed = new Promise<number>((resolve) => {
      child.once('close', (code) => {
        resolve(code ?? -1);
      });
    });
    try {
      const exitCode = await this.#orInterrupted(closed);
      return {
        status: exitCode === 0 ? 'completed' : 'failed',
        aggregatedOutput: output,
        exitCode,
      };
    } catch (error) {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      throw error;
    }
  }

  #orInterrupted<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#interruption]);
  }

  async #progress(work: () => Promise<TurnStatus>): Promise<TurnStatus> {
    if (!this.#facts.shows) return work();
    await this.#wire.request('window/workDoneProgress/create', { token: this.progressToken })
      .answer;
    this.#value({ kind: 'begin', title: `Codex: ${this.#facts.prompt}`, cancellable: true });
    const status = await work();
    this.#value({ kind: 'end', message: status });
    return status;
  }

  #report(message: string): void {
    if (this.#facts.shows) this.#value({ kind: 'report', message });
  }

  #value(value: object): void {
    this.#wire.notify('$/progress', { token: this.progressToken, value });
  }
}

function acceptedElsewhere(): Promise<ApprovalResponse> {
  return new Promise((resolve) => setTimeout(resolve, 300, { decision: 'accept' }));
}
