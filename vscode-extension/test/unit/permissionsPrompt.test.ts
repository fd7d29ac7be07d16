import assert from 'node:assert/strict';
import { test } from 'node:test';
import { permissionsAnswer, permissionsPrompt } from '../../src/permissionsPrompt';
import type { Decision, Permissions, PermissionsParams } from '../../src/questions';

const ALL: Permissions = {
  fileSystem: { read: ['/r'], write: ['/w', '/v\u202E'] },
  network: { enabled: true },
};
const asking = (permissions: Permissions): PermissionsParams => ({
  threadId: 't',
  turnId: 'u',
  itemId: 'call',
  cwd: '/p',
  permissions,
});

test('folders and network are named in one question', () => {
  assert.deepEqual(permissionsPrompt({ ...asking(ALL), reason: 'to fetch' }), {
    message:
      'Codex asks for more permissions for its commands: read /r, write /w, write /v<U+202E>, ' +
      'use the network (reason: to fetch)',
    details: 'reason: to fetch\nread /r\nwrite /w\nwrite /v<U+202E>\nuse the network',
    page: null,
    choices: [
      { title: 'Accept', decision: 'accept' },
      { title: 'Accept for Session', decision: 'acceptForSession' },
      { title: 'Decline', decision: 'decline' },
    ],
  });
});

test('another place is named', () => {
  const prompt = permissionsPrompt({ ...asking(ALL), environmentId: 'devbox' });
  assert.match(prompt.message, /^Codex asks for more permissions for its commands on devbox: /);
  assert.match(prompt.details, /^on devbox\n/);
});

test('what does not fit is on a page, and not accepted for the session', () => {
  const read = Array.from({ length: 100 }, (_, index) => `/folder/${index}`);
  const prompt = permissionsPrompt(asking({ fileSystem: { read } }));
  assert.ok(prompt.message.length <= 1000, prompt.message);
  assert.ok(prompt.page?.text.endsWith('\nread /folder/99\n'));
  assert.deepEqual(
    prompt.choices.map(({ decision }) => decision),
    ['accept', 'decline'],
  );
});

const UNSHOWABLE: readonly [name: string, Permissions][] = [
  ['nothing', {}],
  ['nothing in members', { fileSystem: { read: null, write: [] }, network: { enabled: false } }],
  ['entries', { ...ALL, fileSystem: { read: ['/r'], entries: [] } } as Permissions],
  ['another member', { ...ALL, camera: true } as Permissions],
  ['more about the network', { network: { enabled: true, hosts: ['h'] } } as Permissions],
];

for (const [name, permissions] of UNSHOWABLE) {
  test(`permissions with ${name} can only be declined`, () => {
    const { choices, page } = permissionsPrompt(asking(permissions));
    assert.deepEqual(choices, [{ title: 'Decline', decision: 'decline' }]);
    assert.equal(page, null);
  });
}

const ANSWERS: readonly [Decision & string, object][] = [
  ['accept', { permissions: ALL, scope: 'turn' }],
  ['acceptForSession', { permissions: ALL, scope: 'session' }],
  ['decline', { permissions: {} }],
  ['cancel', { permissions: {} }],
];

for (const [decision, answer] of ANSWERS) {
  test(`what ${decision} grants`, () => {
    assert.deepEqual(permissionsAnswer(asking(ALL), decision), answer);
  });
}
