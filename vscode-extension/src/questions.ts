// Mirrors what the server asks of this extension: the params and the result of each request.
// A member that may be absent may also be null.
import { Method } from './protocol';

/** It runs, and so does from now on every command that begins with these words. */
export interface AmendedDecision {
  readonly acceptWithExecpolicyAmendment: { readonly execpolicy_amendment: readonly string[] };
}

export type Decision = 'accept' | 'acceptForSession' | AmendedDecision | 'decline' | 'cancel';

/** What every question names: where it belongs. */
interface QuestionParams {
  readonly threadId: string;
  readonly turnId: string;
}

export interface CommandApprovalParams extends QuestionParams {
  readonly itemId: string;
  readonly kind?: string | null;
  readonly command?: string | null;
  readonly cwd?: string | null;
  /** Where it would run: `local`, or the id of another place. */
  readonly environmentId?: string | null;
  readonly reason?: string | null;
  /** In the order to show; see `isAmended` for the objects among them. */
  readonly availableDecisions?: readonly (string | object)[] | null;
  readonly additionalPermissions?: object | null;
  readonly networkApprovalContext?: object | null;
}

export interface FileChangeApprovalParams extends QuestionParams {
  /** The started `fileChange` item, which tells what would change. */
  readonly itemId: string;
  readonly reason?: string | null;
  /** A folder below which everything may be written from now on. */
  readonly grantRoot?: string | null;
}

export interface ApprovalResponse {
  readonly decision: Decision;
}

export interface Permissions {
  readonly fileSystem?: {
    readonly read?: readonly string[] | null;
    readonly write?: readonly string[] | null;
  } | null;
  readonly network?: { readonly enabled?: boolean | null } | null;
}

export interface PermissionsParams extends QuestionParams {
  readonly itemId: string;
  readonly environmentId?: string | null;
  readonly cwd: string;
  readonly reason?: string | null;
  readonly permissions: Permissions;
}

export interface PermissionsResponse {
  readonly permissions: Permissions;
  readonly scope?: 'turn' | 'session';
}

export interface UserQuestionOption {
  readonly label: string;
  readonly description: string;
}

export interface UserQuestion {
  readonly id: string;
  readonly header: string;
  readonly question: string;
  /** Words of the user's own are an answer, too. */
  readonly isOther?: boolean;
  /** Not to be shown while it is typed. */
  readonly isSecret?: boolean;
  readonly options?: readonly UserQuestionOption[] | null;
}

export interface UserInputParams extends QuestionParams {
  readonly itemId: string;
  readonly questions: readonly UserQuestion[];
}

export interface UserInputResponse {
  /** By the id of the question; one that is not answered is left out. */
  readonly answers: Readonly<Record<string, { readonly answers: readonly string[] }>>;
}

export interface ToolCallParams extends QuestionParams {
  readonly callId: string;
  readonly namespace?: string | null;
  readonly tool: string;
}

export interface ToolCallResponse {
  readonly contentItems: readonly { readonly type: 'inputText'; readonly text: string }[];
  readonly success: boolean;
}

/** Every request this extension answers: its params and its result. */
export interface Questions {
  readonly [Method.requestCommandApproval]: {
    readonly params: CommandApprovalParams;
    readonly result: ApprovalResponse;
  };
  readonly [Method.requestFileChangeApproval]: {
    readonly params: FileChangeApprovalParams;
    readonly result: ApprovalResponse;
  };
  readonly [Method.requestPermissions]: {
    readonly params: PermissionsParams;
    readonly result: PermissionsResponse;
  };
  readonly [Method.requestUserInput]: {
    readonly params: UserInputParams;
    readonly result: UserInputResponse;
  };
  readonly [Method.callTool]: {
    readonly params: ToolCallParams;
    readonly result: ToolCallResponse;
  };
}

/** Their names, for whoever listens; the type makes sure that none is missing. */
export const ASKED = Object.keys({
  [Method.requestCommandApproval]: true,
  [Method.requestFileChangeApproval]: true,
  [Method.requestPermissions]: true,
  [Method.requestUserInput]: true,
  [Method.callTool]: true,
} satisfies Record<keyof Questions, true>) as (keyof Questions)[];

/** How a question is told apart from others, and when it is given up. */
export interface Asking {
  /** Null only if the language client hid it. */
  readonly requestId: string | number | null;
  readonly cancelled: Cancellation;
}

/** As much of an editor's cancellation token as is needed. */
export interface Cancellation {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): unknown };
}

/** One question as it arrived; `method` tells what `params` is. */
export type Question = {
  readonly [M in keyof Questions]: {
    readonly method: M;
    readonly params: Questions[M]['params'];
  } & Asking;
}[keyof Questions];

export type Answer = Questions[keyof Questions]['result'];

/** Whether a decision that the server offers is one that allows more than this command. */
export function isAmended(decision: unknown): decision is AmendedDecision {
  const amendment = member(decision, 'acceptWithExecpolicyAmendment');
  const words = member(amendment, 'execpolicy_amendment');
  return (
    Array.isArray(words) && words.length > 0 && words.every((word) => typeof word === 'string')
  );
}

/** Of an object with this one member: another one would be agreed to without having been seen. */
function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  return entries.length === 1 && entries[0]?.[0] === name ? entries[0][1] : undefined;
}
