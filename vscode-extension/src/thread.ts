// The workspace's thread: what the server last said of it, and what is asked of the server about it.
// The facts are a mirror, not a state of our own: only the server's messages change them.
import { Method, type CodexNotification, type ThreadStatus } from './protocol';
import type { Requests, ReviewTarget } from './requests';

export type Activity = 'idle' | 'working' | 'waitingOnApproval' | 'failed';

export interface ThreadFacts {
  readonly threadId: string | null;
  /** The running turn. */
  readonly turnId: string | null;
  readonly activity: Activity;
}

export const NO_THREAD: ThreadFacts = { threadId: null, turnId: null, activity: 'idle' };

export function openedThread(threadId: string): ThreadFacts {
  return { threadId, turnId: null, activity: 'idle' };
}

/** Messages about other threads change nothing. */
export function afterNotification(
  facts: ThreadFacts,
  notification: CodexNotification,
): ThreadFacts {
  if (threadOf(notification) !== facts.threadId) return facts;
  switch (notification.method) {
    case Method.turnStarted:
      return { ...facts, turnId: notification.params.turn.id, activity: 'working' };
    case Method.turnCompleted:
      return facts.turnId === notification.params.turn.id ? { ...facts, turnId: null } : facts;
    case Method.threadStatusChanged:
      return { ...facts, activity: activityOf(notification.params.status) };
    case Method.threadStarted:
    case Method.tokenUsageUpdated:
    case Method.itemStarted:
    case Method.itemCompleted:
    case Method.agentMessageDelta:
    case Method.commandOutputDelta:
    case Method.error:
    case Method.serverRequestResolved:
      return facts;
  }
}

export function threadOf(notification: CodexNotification): string {
  return notification.method === Method.threadStarted
    ? notification.params.thread.id
    : notification.params.threadId;
}

function activityOf(status: ThreadStatus): Activity {
  switch (status.type) {
    case 'notLoaded':
    case 'idle':
      return 'idle';
    case 'systemError':
      return 'failed';
    case 'active':
      return status.activeFlags.includes('waitingOnApproval') ? 'waitingOnApproval' : 'working';
  }
}

/** The way to the server. A rejection carries the server's own words. */
export interface RequestSender {
  request<M extends keyof Requests>(
    method: M,
    params: Requests[M]['params'],
  ): Promise<Requests[M]['result']>;
}

export interface StartedTurn {
  readonly threadId: string;
  readonly turnId: string;
}

export class WorkspaceThread {
  readonly #server: RequestSender;
  #facts: ThreadFacts = NO_THREAD;
  /** The thread that is being opened: two prompts at once share it. */
  #opening: Promise<string> | null = null;

  constructor(server: RequestSender) {
    this.#server = server;
  }

  get facts(): ThreadFacts {
    return this.#facts;
  }

  /** Starts a turn, in a new thread when there is none. */
  async ask(cwd: string, prompt: string): Promise<StartedTurn> {
    const threadId = this.#facts.threadId ?? (await this.open(cwd));
    const { turn } = await this.#server.request(Method.turnStart, {
      threadId,
      input: [{ type: 'text', text: prompt }],
    });
    return { threadId, turnId: turn.id };
  }

  /** Starts a review of its own turn, which interrupts the one that runs. */
  async review(cwd: string, target: ReviewTarget): Promise<StartedTurn> {
    const threadId = this.#facts.threadId ?? (await this.open(cwd));
    const { turn } = await this.#server.request(Method.reviewStart, { threadId, target });
    return { threadId, turnId: turn.id };
  }

  /** Has the thread's history made shorter; false when there is no thread. */
  async compact(): Promise<boolean> {
    const { threadId } = this.#facts;
    if (threadId === null) return false;
    await this.#server.request(Method.compactStart, { threadId });
    return true;
  }

  /** Leaves the thread there was, and opens a new one. */
  open(cwd: string): Promise<string> {
    this.#opening ??= this.#start(cwd).finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #start(cwd: string): Promise<string> {
    const { thread } = await this.#server.request(Method.threadStart, { cwd });
    this.#facts = openedThread(thread.id);
    return thread.id;
  }

  /** Interrupts the running turn; false when there is none. */
  async interrupt(): Promise<boolean> {
    const { threadId, turnId } = this.#facts;
    if (threadId === null || turnId === null) return false;
    await this.#server.request(Method.turnInterrupt, { threadId, turnId });
    return true;
  }

  /** Takes a message in; false when it is about another thread. */
  hear(notification: CodexNotification): boolean {
    if (threadOf(notification) !== this.#facts.threadId) return false;
    this.#facts = afterNotification(this.#facts, notification);
    return true;
  }

  /** The server is gone and knows the thread no longer; true when a turn was running. */
  serverLost(): boolean {
    const wasRunning = this.#facts.turnId !== null;
    this.#facts = NO_THREAD;
    return wasRunning;
  }
}
