import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { earlyEndProblem, findLauncher, serverEnvironment } from '../../src/launch';

const root = mkdtempSync(join(tmpdir(), 'codex-launch-'));
after(() => {
  rmSync(root, { recursive: true });
});

function program(...path: string[]): string {
  const file = join(root, ...path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

const checkoutLauncher = program('checkout', 'bin', 'codex-lsp');
const bundledLauncher = program('installed', 'server', 'bin', 'codex-lsp');
const own = program('own', 'codex-lsp');
const plainFile = join(root, 'own', 'README');
writeFileSync(plainFile, 'not a program');
const checkout = join(root, 'checkout', 'vscode-extension');
const installed = join(root, 'installed');

test('the setting wins over everything else', () => {
  const found = findLauncher({ path: own, extensionPath: installed, isDevelopment: true });
  assert.deepEqual(found, { command: own });
});

test('the bundled launcher is used when there is one', () => {
  const found = findLauncher({ path: '', extensionPath: installed, isDevelopment: false });
  assert.deepEqual(found, { command: bundledLauncher });
});

test("a checkout's launcher is used in development only", () => {
  const wish = { path: '', extensionPath: checkout };
  assert.deepEqual(findLauncher({ ...wish, isDevelopment: true }), { command: checkoutLauncher });
  assert.ok(findLauncher({ ...wish, isDevelopment: false }).problem);
});

const PROBLEMS: readonly [name: string, path: string, message: string][] = [
  [
    'no server at all',
    '',
    'This build of the extension comes without a server: set codex.server.path to a codex-lsp launcher.',
  ],
  ['a relative path', 'bin/codex-lsp', 'codex.server.path is not an absolute path: bin/codex-lsp'],
  ['a missing file', join(root, 'gone'), `codex.server.path names no file: ${join(root, 'gone')}`],
  ['a folder', root, `codex.server.path names no program that can be run: ${root}`],
  ['no program', plainFile, `codex.server.path names no program that can be run: ${plainFile}`],
];

for (const [name, path, message] of PROBLEMS) {
  test(`${name} opens the settings`, () => {
    const found = findLauncher({ path, extensionPath: join(root, 'own'), isDevelopment: false });
    assert.deepEqual(found, {
      problem: { message, action: 'openSettings', setting: 'codex.server.path' },
    });
  });
}

test('the JDK setting becomes JAVA_HOME and nothing else changes', () => {
  const environment = { PATH: '/bin', JAVA_HOME: '/old' };
  assert.deepEqual(serverEnvironment(environment, ''), environment);
  assert.deepEqual(serverEnvironment(environment, '/jdk'), { PATH: '/bin', JAVA_HOME: '/jdk' });
});

test('a missing JDK is told in the words of the launcher and opens the settings', () => {
  const stderr =
    'looking around\ncodex-lsp: no JDK 25 or later found: install one or set JAVA_HOME\n';
  assert.deepEqual(earlyEndProblem({ exitCode: 2, signal: null, stderr }), {
    message:
      'The Codex server did not start: codex-lsp: no JDK 25 or later found: install one or set JAVA_HOME',
    action: 'openSettings',
    setting: 'codex.java.home',
  });
});

test('any other early end shows the log', () => {
  const end = { exitCode: 1, signal: null, stderr: '' };
  const problem = earlyEndProblem(end);
  assert.equal(problem.message, 'The Codex server ended with exit code 1 before it answered.');
  assert.equal(problem.action, 'showLog');
  assert.equal(
    earlyEndProblem({ ...end, exitCode: null, signal: 'SIGKILL' }).message,
    'The Codex server ended with signal SIGKILL before it answered.',
  );
  assert.equal(earlyEndProblem({ ...end, stderr: 'disk full\n' }).action, 'showLog');
});
