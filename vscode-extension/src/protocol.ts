// Mirrors dev.codexlsp.server.protocol: the methods and shapes of the server that this extension uses.
// What this extension asks of the server is in requests.ts, what the server asks of it in questions.ts.
// A member that may be absent may also be null: results name their nulls, notifications leave them out.

/** The wire name of every method this extension sends or hears. */
export const Method = {
  threadStart: 'codex/thread/start',
  turnStart: 'codex/turn/start',
  turnInterrupt: 'codex/turn/interrupt',
  reviewStart: 'codex/review/start',
  compactStart: 'codex/thread/compact/start',
  accountRead: 'codex/account/read',
  loginStart: 'codex/account/login/start',
  logout: 'codex/account/logout',
  requestCommandApproval: 'codex/item/commandExecution/requestApproval',
  requestFileChangeApproval: 'codex/item/fileChange/requestApproval',
  requestPermissions: 'codex/item/permissions/requestApproval',
  requestUserInput: 'codex/item/tool/requestUserInput',
  callTool: 'codex/item/tool/call',
  threadStarted: 'codex/thread/started',
  threadStatusChanged: 'codex/thread/status/changed',
  tokenUsageUpdated: 'codex/thread/tokenUsage/updated',
  turnStarted: 'codex/turn/started',
  turnCompleted: 'codex/turn/completed',
  itemStarted: 'codex/item/started',
  itemCompleted: 'codex/item/completed',
  agentMessageDelta: 'codex/item/agentMessage/delta',
  commandOutputDelta: 'codex/item/commandExecution/outputDelta',
  error: 'codex/error',
  serverRequestResolved: 'codex/serverRequest/resolved',
} as const;

/** What `initialize` is told under `initializationOptions.codex`. */
export interface CodexClientOptions {
  readonly title: string;
  readonly approvals: boolean;
  readonly experimentalApi: boolean;
}

/** What `initialize` answers under `capabilities.experimental.codex`. */
export interface CodexServerFacts {
  readonly protocolVersion: string | number;
  readonly userAgent: string;
  readonly codexHome: string;
}

export interface Thread {
  readonly id: string;
  readonly cwd: string;
}

export type TurnStatus = 'inProgress' | 'completed' | 'interrupted' | 'failed';

export interface TurnError {
  readonly message: string;
  readonly additionalDetails?: string | null;
}

export interface Turn {
  readonly id: string;
  readonly status: TurnStatus;
  readonly error?: TurnError | null;
  readonly durationMs?: number | null;
}

export type ThreadActiveFlag = 'waitingOnApproval' | 'waitingOnUserInput';

export type ThreadStatus =
  | { readonly type: 'notLoaded' }
  | { readonly type: 'idle' }
  | { readonly type: 'systemError' }
  | { readonly type: 'active'; readonly activeFlags: readonly ThreadActiveFlag[] };

/** How far a command or a change of files is. */
export type WorkStatus = 'inProgress' | 'completed' | 'failed' | 'declined';

export interface UserMessageItem {
  readonly type: 'userMessage';
  readonly id: string;
  readonly content: readonly UserInput[];
}

export interface AgentMessageItem {
  readonly type: 'agentMessage';
  readonly id: string;
  readonly text: string;
}

export interface ReasoningItem {
  readonly type: 'reasoning';
  readonly id: string;
  readonly summary: readonly string[];
  readonly content: readonly string[];
}

export interface CommandExecutionItem {
  readonly type: 'commandExecution';
  readonly id: string;
  readonly command: string;
  readonly cwd: string;
  readonly status: WorkStatus;
  readonly aggregatedOutput?: string | null;
  readonly exitCode?: number | null;
  readonly durationMs?: number | null;
}

export type FileChangeKind =
  | { readonly type: 'add' | 'delete' }
  | { readonly type: 'update'; readonly move_path?: string | null };

export interface FileUpdateChange {
  readonly path: string;
  readonly kind: FileChangeKind;
  /** All of an added or deleted file, else hunks without a file header. */
  readonly diff: string;
}

export interface FileChangeItem {
  readonly type: 'fileChange';
  readonly id: string;
  readonly changes: readonly FileUpdateChange[];
  readonly status: WorkStatus;
}

/** One thing that a reviewer has found; lines are counted from 1, the last one included. */
export interface ReviewFinding {
  readonly title: string;
  readonly body: string;
  readonly file: string;
  readonly lineRange: { readonly start: number; readonly end: number };
  /** 0 is the most urgent, 3 the least. */
  readonly priority?: number | null;
}

export interface EnteredReviewModeItem {
  readonly type: 'enteredReviewMode';
  readonly id: string;
  /** What is looked at. */
  readonly review: string;
}

export interface ExitedReviewModeItem {
  readonly type: 'exitedReviewMode';
  readonly id: string;
  /** The result in words, which the model's last message repeats. */
  readonly review: string;
  /** Only when the reviewer has answered in form. */
  readonly output?: { readonly findings: readonly ReviewFinding[] } | null;
}

export interface ContextCompactionItem {
  readonly type: 'contextCompaction';
  readonly id: string;
}

/** The item kinds that have a rendering of their own; see `isKnownItem`. */
export type KnownItem =
  | UserMessageItem
  | AgentMessageItem
  | ReasoningItem
  | CommandExecutionItem
  | FileChangeItem
  | EnteredReviewModeItem
  | ExitedReviewModeItem
  | ContextCompactionItem;

/** Any item: servers add kinds, and a client shows those by their name. */
export type ThreadItem = KnownItem | { readonly type: string; readonly id: string };

const KNOWN_ITEMS: ReadonlySet<string> = new Set<KnownItem['type']>([
  'userMessage',
  'agentMessage',
  'reasoning',
  'commandExecution',
  'fileChange',
  'enteredReviewMode',
  'exitedReviewMode',
  'contextCompaction',
]);

export function isKnownItem(item: ThreadItem): item is KnownItem {
  return KNOWN_ITEMS.has(item.type);
}

/** What a user may put into a turn; this extension sends text and only names the other kinds. */
export type UserInput =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image' | 'localImage' | 'localAudio' | 'skill' | 'mention' };

export interface ThreadStartedNotification {
  readonly thread: Thread;
}

export interface ThreadStatusChangedNotification {
  readonly threadId: string;
  readonly status: ThreadStatus;
}

export interface ThreadTokenUsageUpdatedNotification {
  readonly threadId: string;
  readonly turnId: string;
  readonly tokenUsage: { readonly total: { readonly totalTokens: number } };
}

export interface TurnNotification {
  readonly threadId: string;
  readonly turn: Turn;
}

export interface ItemNotification {
  readonly threadId: string;
  readonly turnId: string;
  readonly item: ThreadItem;
}

export interface ItemDeltaNotification {
  readonly threadId: string;
  readonly turnId: string;
  readonly itemId: string;
  readonly delta: string;
}

export interface ErrorNotification {
  readonly threadId: string;
  readonly turnId: string;
  readonly error: TurnError;
  readonly willRetry: boolean;
}

export interface ServerRequestResolvedNotification {
  readonly threadId: string;
  readonly requestId: string | number;
}

/** Every notification this extension hears: its wire name and its params. */
export interface Notifications {
  readonly [Method.threadStarted]: ThreadStartedNotification;
  readonly [Method.threadStatusChanged]: ThreadStatusChangedNotification;
  readonly [Method.tokenUsageUpdated]: ThreadTokenUsageUpdatedNotification;
  readonly [Method.turnStarted]: TurnNotification;
  readonly [Method.turnCompleted]: TurnNotification;
  readonly [Method.itemStarted]: ItemNotification;
  readonly [Method.itemCompleted]: ItemNotification;
  readonly [Method.agentMessageDelta]: ItemDeltaNotification;
  readonly [Method.commandOutputDelta]: ItemDeltaNotification;
  readonly [Method.error]: ErrorNotification;
  readonly [Method.serverRequestResolved]: ServerRequestResolvedNotification;
}

/** Their names, for whoever listens; the type makes sure that none is missing. */
export const HEARD = Object.keys({
  [Method.threadStarted]: true,
  [Method.threadStatusChanged]: true,
  [Method.tokenUsageUpdated]: true,
  [Method.turnStarted]: true,
  [Method.turnCompleted]: true,
  [Method.itemStarted]: true,
  [Method.itemCompleted]: true,
  [Method.agentMessageDelta]: true,
  [Method.commandOutputDelta]: true,
  [Method.error]: true,
  [Method.serverRequestResolved]: true,
} satisfies Record<keyof Notifications, true>) as (keyof Notifications)[];

/** One notification as it arrived; `method` tells what `params` is. */
export type CodexNotification = {
  readonly [M in keyof Notifications]: { readonly method: M; readonly params: Notifications[M] };
}[keyof Notifications];
