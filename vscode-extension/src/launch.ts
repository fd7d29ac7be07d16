// Which server to run, how it is run, and what to tell the user when it cannot be.
import { constants, accessSync, existsSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** What the user is told, and the one thing offered to do about it. */
export interface LaunchProblem {
  readonly message: string;
  readonly action: 'openSettings' | 'showLog';
  /** The setting that `openSettings` opens. */
  readonly setting: string;
}

export interface LaunchWish {
  /** The setting codex.server.path; empty means the launcher that comes with the extension. */
  readonly path: string;
  readonly extensionPath: string;
  /** True when the extension runs from a checkout, whose own launcher is then used. */
  readonly isDevelopment: boolean;
}

export type Launcher =
  { readonly command: string; readonly problem?: undefined } | { readonly problem: LaunchProblem };

export const SERVER_PATH = 'codex.server.path';
export const JAVA_HOME = 'codex.java.home';

export function findLauncher(wish: LaunchWish): Launcher {
  if (wish.path !== '') return named(wish.path);
  const bundled = join(wish.extensionPath, 'server', 'bin', 'codex-lsp');
  if (existsSync(bundled)) return { command: bundled };
  const checkout = join(wish.extensionPath, '..', 'bin', 'codex-lsp');
  if (wish.isDevelopment && existsSync(checkout)) return { command: checkout };
  return settingsProblem(
    `This build of the extension comes without a server: set ${SERVER_PATH} to a codex-lsp launcher.`,
  );
}

/** A relative path would depend on the folder that happens to be open, so it is refused. */
function named(path: string): Launcher {
  if (!isAbsolute(path)) return settingsProblem(`${SERVER_PATH} is not an absolute path: ${path}`);
  if (!existsSync(path)) return settingsProblem(`${SERVER_PATH} names no file: ${path}`);
  try {
    if (statSync(path).isDirectory()) throw new Error('a folder');
    accessSync(path, constants.X_OK);
  } catch {
    return settingsProblem(`${SERVER_PATH} names no program that can be run: ${path}`);
  }
  return { command: path };
}

function settingsProblem(message: string): Launcher {
  return { problem: { message, action: 'openSettings', setting: SERVER_PATH } };
}

/** The editor's environment, with the JDK of codex.java.home when it is set. */
export function serverEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  javaHome: string,
): Record<string, string | undefined> {
  return javaHome === '' ? { ...environment } : { ...environment, JAVA_HOME: javaHome };
}

export interface EarlyEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The end of what the server wrote to stderr. */
  readonly stderr: string;
}

/** A server that ended before it answered `initialize`; the launcher says on stderr what it missed. */
export function earlyEndProblem(end: EarlyEnd): LaunchProblem {
  const lastLine = end.stderr.trim().split('\n').at(-1)?.trim() ?? '';
  const how =
    end.signal === null ? `exit code ${end.exitCode ?? 'unknown'}` : `signal ${end.signal}`;
  const message =
    lastLine === ''
      ? `The Codex server ended with ${how} before it answered.`
      : `The Codex server did not start: ${lastLine}`;
  const isAboutJava = /\b(?:jdk|jre|java|java_home)\b/i.test(lastLine);
  return { message, action: isAboutJava ? 'openSettings' : 'showLog', setting: JAVA_HOME };
}
