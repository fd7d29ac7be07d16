// Mirrors dev.codexlsp.server.protocol: what this extension asks of the server.
import { Method, type Thread, type Turn, type UserInput } from './protocol';

export interface ThreadStartParams {
  readonly cwd: string;
}

export interface ThreadStartResponse {
  readonly thread: Thread;
  readonly model: string;
}

export interface TurnStartParams {
  readonly threadId: string;
  readonly input: readonly UserInput[];
}

export interface TurnStartResponse {
  readonly turn: Turn;
}

export interface TurnInterruptParams {
  readonly threadId: string;
  readonly turnId: string;
}

/** What a reviewer looks at. */
export type ReviewTarget =
  | { readonly type: 'uncommittedChanges' }
  | { readonly type: 'baseBranch'; readonly branch: string }
  | { readonly type: 'commit'; readonly sha: string }
  | { readonly type: 'custom'; readonly instructions: string };

export interface ReviewStartParams {
  readonly threadId: string;
  readonly target: ReviewTarget;
}

export interface CompactStartParams {
  readonly threadId: string;
}

export type Account =
  | { readonly type: 'apiKey' }
  | { readonly type: 'chatgpt'; readonly email?: string | null; readonly planType: string };

export interface AccountReadResponse {
  readonly account?: Account | null;
  /** Whether the configured model provider uses the login at all. */
  readonly requiresOpenaiAuth: boolean;
}

export interface LoginStartParams {
  readonly type: 'apiKey';
  readonly apiKey: string;
}

/** Every request this extension sends: its params and its result. */
export interface Requests {
  readonly [Method.threadStart]: {
    readonly params: ThreadStartParams;
    readonly result: ThreadStartResponse;
  };
  readonly [Method.turnStart]: {
    readonly params: TurnStartParams;
    readonly result: TurnStartResponse;
  };
  readonly [Method.turnInterrupt]: {
    readonly params: TurnInterruptParams;
    readonly result: object;
  };
  readonly [Method.reviewStart]: {
    readonly params: ReviewStartParams;
    readonly result: TurnStartResponse;
  };
  readonly [Method.compactStart]: {
    readonly params: CompactStartParams;
    readonly result: object;
  };
  readonly [Method.accountRead]: {
    readonly params: object;
    readonly result: AccountReadResponse;
  };
  readonly [Method.loginStart]: {
    readonly params: LoginStartParams;
    readonly result: object;
  };
  readonly [Method.logout]: {
    readonly params: object;
    readonly result: object;
  };
}
