import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approvalPrompt } from '../../src/approvalPrompt';
import { decisionOf } from '../../src/prompt';
import type { AmendedDecision, CommandApprovalParams, Decision } from '../../src/questions';

const REQUEST: CommandApprovalParams = {
  threadId: 't',
  turnId: 'u',
  itemId: 'call-1',
  kind: 'command',
  command: "/bin/bash -lc 'rm -rf build'",
  cwd: '/home/x/project',
  reason: 'starts afresh',
};

const amended = (...words: string[]): AmendedDecision => ({
  acceptWithExecpolicyAmendment: { execpolicy_amendment: words },
});
const AMENDED = amended('rm');

const decisions = (params: CommandApprovalParams): readonly Decision[] =>
  approvalPrompt(params).choices.map((choice) => choice.decision);

test('a plain command is shown whole, with folder and reason', () => {
  assert.deepEqual(approvalPrompt(REQUEST), {
    message:
      "Codex asks to run in /home/x/project: /bin/bash -lc 'rm -rf build' (reason: starts afresh)",
    page: null,
    details: "in /home/x/project\nreason: starts afresh\n/bin/bash -lc 'rm -rf build'",
    choices: [
      { title: 'Accept', decision: 'accept' },
      { title: 'Accept for Session', decision: 'acceptForSession' },
      { title: 'Decline', decision: 'decline' },
      { title: 'Cancel Turn', decision: 'cancel' },
    ],
  });
});

test('a command for another place names it before anything else', () => {
  const prompt = approvalPrompt({ ...REQUEST, environmentId: 'devbox' });
  assert.equal(
    prompt.message,
    "Codex asks to run on devbox in /home/x/project: /bin/bash -lc 'rm -rf build' (reason: starts afresh)",
  );
  assert.match(prompt.details, /^on devbox in \/home\/x\/project\n/);
  assert.deepEqual(approvalPrompt({ ...REQUEST, environmentId: 'local' }), approvalPrompt(REQUEST));
});

test('nothing unseen reaches the notification', () => {
  const { message } = approvalPrompt({
    ...REQUEST,
    command: 'ls\n\u202Erm',
    cwd: '/tmp/\u200Bx',
    reason: '[see](command:evil)',
  });
  assert.equal(
    message,
    'Codex asks to run in /tmp/<U+200B>x: ls⏎<U+202E>rm (reason: <U+005B>see](command:evil))',
  );
});

const OFFERS: readonly [name: string, over: Partial<CommandApprovalParams>, Decision[]][] = [
  ['no list', {}, ['accept', 'acceptForSession', 'decline', 'cancel']],
  [
    'null for a list',
    { availableDecisions: null },
    ['accept', 'acceptForSession', 'decline', 'cancel'],
  ],
  ['a shorter list', { availableDecisions: ['cancel', 'accept'] }, ['accept', 'cancel']],
  [
    'an amendment in the list',
    {
      availableDecisions: ['accept', AMENDED, 'cancel'],
    },
    ['accept', AMENDED, 'cancel'],
  ],
  ['unknown decisions', { availableDecisions: ['acceptForever'] }, []],
  [
    'a command of 800 characters',
    { command: 'x'.repeat(800) },
    ['accept', 'acceptForSession', 'decline', 'cancel'],
  ],
  ['a command of 801 characters', { command: 'x'.repeat(801) }, ['accept', 'decline', 'cancel']],
  [
    'a command that grows when shown',
    { command: '\n\u202E'.repeat(200) },
    ['accept', 'decline', 'cancel'],
  ],
  ['a folder that leaves no room', { cwd: `/${'d'.repeat(990)}` }, ['accept', 'decline', 'cancel']],
  ['no command', { command: null }, ['decline', 'cancel']],
  ['a blank command', { command: ' \n' }, ['decline', 'cancel']],
  ['input for a running process', { kind: 'writeStdin' }, ['decline', 'cancel']],
  ['network access', { networkApprovalContext: { host: 'h' } }, ['decline', 'cancel']],
  ['more permissions', { additionalPermissions: {} }, ['decline', 'cancel']],
];

for (const [name, over, offered] of OFFERS) {
  test(`offers for ${name}`, () => {
    assert.deepEqual(decisions({ ...REQUEST, ...over }), offered);
  });
}

test('a long command shows its beginning, its length and where the rest is', () => {
  const command = `echo ${'x'.repeat(2000)}`;
  const prompt = approvalPrompt({ ...REQUEST, command });
  assert.equal(
    prompt.message,
    'Codex asks to run in /home/x/project what is too long to show here (2005 characters). ' +
      `Read all of it in the editor before you answer. It begins: echo ${'x'.repeat(235)}…`,
  );
  assert.equal(prompt.details, `in /home/x/project\nreason: starts afresh\n${command}`);
  const [title, ...text] = (prompt.page?.text ?? '').replaceAll(' ↩\n', '').split('\n');
  assert.equal(title, 'Codex asks to run this command (↩ marks a line that goes on)');
  assert.equal(text.join('\n'), `${prompt.details}\n`);
});

test('a long reason is cut in the notification and whole in the details', () => {
  const reason = 'because '.repeat(100);
  const prompt = approvalPrompt({ ...REQUEST, reason });
  assert.equal(prompt.page, null);
  assert.ok(prompt.message.endsWith('…)'), prompt.message);
  assert.ok(prompt.details.includes(`reason: ${reason}\n`));
});

test('every message fits into a notification', () => {
  for (const size of [0, 700, 799, 800, 801, 5000]) {
    for (const other of ['', 'y'.repeat(300), '\u202E'.repeat(5000)]) {
      const params = {
        ...REQUEST,
        command: `x${'z'.repeat(size)}`,
        cwd: `/${other}`,
        reason: other,
      };
      const { message } = approvalPrompt(params);
      assert.ok(message.length <= 1000, `${message.length} characters for ${size}`);
    }
  }
});

const ANSWERS: readonly [title: string | undefined, Decision & string][] = [
  ['Accept', 'accept'],
  ['Accept for Session', 'acceptForSession'],
  ['Decline', 'decline'],
  ['Cancel Turn', 'cancel'],
  [undefined, 'decline'],
  ['accept', 'decline'],
  ['', 'decline'],
];

for (const [title, decision] of ANSWERS) {
  test(`the answer ${title ?? 'nothing'} means ${decision}`, () => {
    assert.equal(decisionOf(approvalPrompt(REQUEST), title), decision);
  });
}

test('a title that was not offered accepts nothing', () => {
  const prompt = approvalPrompt({ ...REQUEST, availableDecisions: ['cancel'] });
  assert.equal(decisionOf(prompt, 'Accept'), 'decline');
});

const TITLES: readonly [name: string, words: string[], title: string | null][] = [
  ['plain words', ['git', 'status'], 'Always allow `git status…`'],
  ['a word of two', ['echo', 'a b'], "Always allow `echo 'a b'…`"],
  ['a quote', ['echo', "it's"], "Always allow `echo 'it'\\''s'…`"],
  ['unseen characters', ['rm', '\u202Ex\n'], "Always allow `rm '<U+202E>x⏎'…`"],
  ['an empty word', ['x', ''], "Always allow `x ''…`"],
  ['what a button cannot show', ['x'.repeat(45)], null],
  ['the longest that it can', ['x'.repeat(44)], `Always allow \`${'x'.repeat(44)}…\``],
];

for (const [name, words, title] of TITLES) {
  test(`the button of an amendment with ${name}`, () => {
    const offer = amended(...words);
    const { choices } = approvalPrompt({ ...REQUEST, availableDecisions: [offer] });
    assert.deepEqual(choices, title === null ? [] : [{ title, decision: offer }]);
  });
}

test('an amendment is answered with the very object that was offered', () => {
  const offer = amended('git', 'status');
  const prompt = approvalPrompt({
    ...REQUEST,
    availableDecisions: ['accept', 'acceptForSession', offer, 'decline', 'cancel'],
  });
  assert.deepEqual(
    prompt.choices.map(({ title }) => title),
    ['Accept', 'Accept for Session', 'Always allow `git status…`', 'Decline', 'Cancel Turn'],
  );
  assert.equal(decisionOf(prompt, 'Always allow `git status…`'), offer);
});

const NO_AMENDMENTS: readonly [name: string, over: Partial<CommandApprovalParams>][] = [
  ['no words', { availableDecisions: [amended()] }],
  [
    'words that are none',
    { availableDecisions: [{ acceptWithExecpolicyAmendment: { execpolicy_amendment: [1] } }] },
  ],
  ['another object', { availableDecisions: [{ applyNetworkPolicyAmendment: {} }] }],
  ['something beside it', { availableDecisions: [{ ...AMENDED, more: true }] }],
  [
    'a command that is not seen at a glance',
    { command: 'x'.repeat(801), availableDecisions: [AMENDED] },
  ],
  ['network access', { networkApprovalContext: {}, availableDecisions: [AMENDED] }],
];

for (const [name, over] of NO_AMENDMENTS) {
  test(`no amendment is offered for ${name}`, () => {
    assert.deepEqual(decisions({ ...REQUEST, ...over }), []);
  });
}
