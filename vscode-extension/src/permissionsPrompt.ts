// What the user is asked about permissions that commands are to get, and what each answer grants.
import { BEGINNING, because, choicesOf, fits, pageOf, type ApprovalPrompt } from './prompt';
import type { Decision, Permissions, PermissionsParams, PermissionsResponse } from './questions';
import { beginning, oneLine } from './visibleText';

export function permissionsPrompt(params: PermissionsParams): ApprovalPrompt {
  const wishes = wishesOf(params.permissions);
  if (wishes === null || wishes.length === 0) {
    const what = wishes === null ? 'permissions that this extension cannot show' : 'nothing';
    return {
      message: `Codex asks for ${what}, so it cannot be accepted here.`,
      details: `asks for ${what}, which cannot be accepted here`,
      page: null,
      choices: choicesOf(['decline']),
    };
  }
  const details = detailsOf(params, wishes);
  const shown = wishes.join(', ');
  const message = `Codex asks for more permissions for its commands${place(params)}: ${shown}${because(params.reason)}`;
  if (fits(shown, message)) {
    const choices = choicesOf(['accept', 'acceptForSession', 'decline']);
    return { message, details, page: null, choices };
  }
  // For the session: only what was seen at a glance.
  return {
    message:
      `Codex asks for more permissions for its commands${place(params)}. ` +
      `Read all of them in the editor before you answer. They begin: ${beginning(shown, BEGINNING)}`,
    details,
    page: pageOf('Permissions to approve', 'Codex asks for these permissions', details),
    choices: choicesOf(['accept', 'decline']),
  };
}

/** Exactly what was asked for, or nothing. */
export function permissionsAnswer(
  { permissions }: PermissionsParams,
  decision: Decision,
): PermissionsResponse {
  if (decision === 'accept') return { permissions, scope: 'turn' };
  if (decision === 'acceptForSession') return { permissions, scope: 'session' };
  return { permissions: {} };
}

/** One for each folder and for the network; null when there is more to it than can be shown. */
function wishesOf(permissions: Permissions): readonly string[] | null {
  const { fileSystem, network } = permissions;
  const isKnown =
    hasOnly(permissions, ['fileSystem', 'network']) &&
    hasOnly(fileSystem ?? {}, ['read', 'write']) &&
    hasOnly(network ?? {}, ['enabled']);
  if (!isKnown) return null;
  return [
    ...(fileSystem?.read ?? []).map((path) => `read ${oneLine(path)}`),
    ...(fileSystem?.write ?? []).map((path) => `write ${oneLine(path)}`),
    ...(network?.enabled === true ? ['use the network'] : []),
  ];
}

/** A member without a value asks for nothing. */
function hasOnly(value: object, names: readonly string[]): boolean {
  return Object.entries(value).every(
    ([name, member]) => names.includes(name) || member === null || member === undefined,
  );
}

/** The id of this machine. */
const HERE = 'local';

function place({ environmentId }: PermissionsParams): string {
  if (!environmentId || environmentId === HERE) return '';
  return ` on ${beginning(oneLine(environmentId), BEGINNING)}`;
}

function detailsOf(params: PermissionsParams, wishes: readonly string[]): string {
  const where = place(params).trim();
  const why = params.reason ? `reason: ${oneLine(params.reason)}` : '';
  return [where, why, ...wishes].filter(Boolean).join('\n');
}
