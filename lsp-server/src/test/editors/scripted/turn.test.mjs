// A turn from an editor that knows nothing of Codex: standard requests and notifications alone.
import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { hangs, held, outcome, runs, says } from '../model.mjs';
import { playground } from '../playground.mjs';
import { connect } from './client.mjs';

const press = (title) => (params) => params.actions.find((action) => action.title === title);

// Progress of a turn that ends before the editor has agreed to show it never begins; tests that
// look at progress hold the model or the answer of the user until then.
const gate = () => {
  let open;
  return Object.assign(new Promise((resolve) => (open = resolve)), { open: () => open() });
};

async function start(t, answers, options = {}) {
  const ground = await playground(t, ...answers);
  const choose = async (params) => {
    await client.progress('begin');
    return options.choose(params);
  };
  const client = await connect(ground, { ...options, choose });
  t.after(() => client.kill());
  return { ...ground, client };
}

async function closeWell(client) {
  assert.equal(await client.close(), 0);
  assert.deepEqual(client.violations, []);
}

const written = (work) => access(path.join(work, 'made.txt')).then(() => true, () => false);

function isThere(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('the commands are announced', async (t) => {
  const { client } = await start(t, []);
  const { commands } = client.initializeResult.capabilities.executeCommandProvider;
  assert.deepEqual(commands, ['codex.ask', 'codex.interrupt']);
  await closeWell(client);
});

test('a question is answered in a message and in the log', async (t) => {
  const answer = 'line one\nline two\nline three\nline four\nline five\nline six\nline seven';
  const begun = gate();
  const { client, model } = await start(t, [held(begun, says(answer))]);

  const { threadId, turnId } = await client.command('codex.ask', 'Tell me seven lines');
  await client.progress('begin');
  begun.open();
  assert.match(threadId, /^[0-9a-f-]{36}$/);
  assert.match(turnId, /^[0-9a-f-]{36}$/);
  const shown = await client.until('window/showMessage');
  assert.match(shown.message, /line one/);
  await client.until('window/logMessage', ({ message }) => message.includes(answer));
  await client.progress('end');
  await closeWell(client);
  assert.match(JSON.stringify(model.requests[0].input), /Tell me seven lines/);
});

test('an accepted command runs', async (t) => {
  const command = 'echo done > made.txt; echo out of the command';
  const { client, model, work } = await start(t, [runs(command), says('It is done.')], {
    choose: press('Accept'),
  });

  await client.command('codex.ask', 'Make the file');
  await client.until('window/showMessage', ({ message }) => message.includes('It is done.'));
  await client.progress('end');
  const [asked, ...more] = client.all('window/showMessageRequest');
  assert.deepEqual(more, []);
  const titles = asked.actions.map((action) => action.title);
  assert.deepEqual(titles, ['Accept', 'Accept for session', 'Decline', 'Cancel turn']);
  assert.ok(asked.message.includes(command), asked.message);
  assert.ok(!asked.message.includes('\n'), asked.message);
  assert.ok(await written(work));
  assert.match(outcome(model, 1), /out of the command/);
  await closeWell(client);
});

for (const [how, choose] of [
  ['declined', press('Decline')],
  ['dismissed', () => null],
]) {
  test(`a ${how} command does not run, and the turn goes on`, async (t) => {
    const { client, model, work } = await start(t, [runs('touch made.txt'), says('As you like.')], {
      choose,
    });

    await client.command('codex.ask', 'Make the file');
    await client.until('window/showMessage', ({ message }) => message.includes('As you like.'));
    await client.progress('end');
    assert.equal(await written(work), false);
    assert.match(outcome(model, 1), /rejected|declined/);
    await closeWell(client);
  });
}

test('cancelling the approval ends the turn', async (t) => {
  const { client, model, work } = await start(t, [runs('touch made.txt')], {
    choose: press('Cancel turn'),
  });

  await client.command('codex.ask', 'Make the file');
  await client.progress('end');
  assert.equal(await written(work), false);
  assert.equal(model.requests.length, 1);
  await closeWell(client);
});

test('progress names the prompt, and cancelling it interrupts the turn', async (t) => {
  const { client } = await start(t, [hangs('one moment')]);

  await client.command('codex.ask', 'Think for ever');
  const begin = await client.until('$/progress', ({ value }) => value.kind === 'begin');
  assert.match(begin.value.title, /Think for ever/);
  assert.equal(begin.value.cancellable, true);
  await client.notify('window/workDoneProgress/cancel', { token: begin.token });
  await client.progress('end');
  await closeWell(client);
});

test('codex.interrupt kills the command of the turn', async (t) => {
  const { client, work } = await start(t, [runs('echo $$ > made.txt; exec sleep 600')], {
    choose: press('Accept'),
  });

  await client.command('codex.ask', 'Sleep');
  await client.until('$/progress', ({ value }) => value.message?.includes('sleep 600'));
  while (!(await written(work))) await pause(10);
  await client.command('codex.interrupt');
  await client.progress('end');
  const pid = Number(await readFile(path.join(work, 'made.txt'), 'utf8'));
  assert.ok(pid > 1);
  // Dead at once; its entry goes when the server has waited for it.
  for (const end = Date.now() + 2_000; isThere(pid); await pause(10)) {
    assert.ok(Date.now() < end, `process ${pid} is left`);
  }
  await closeWell(client);
});

test('the next question continues the thread', async (t) => {
  const { client, model } = await start(t, [says('First answer.'), says('Second answer.')]);

  const first = await client.command('codex.ask', 'First question');
  await client.until('window/showMessage', ({ message }) => message.includes('First answer.'));
  const second = await client.command('codex.ask', 'Second question');
  await client.until('window/showMessage', ({ message }) => message.includes('Second answer.'));
  assert.equal(second.threadId, first.threadId);
  assert.notEqual(second.turnId, first.turnId);
  const told = JSON.stringify(model.requests[1].input);
  assert.match(told, /First question.*First answer.*Second question/);
  await closeWell(client);
});

test('a client without progress gets none', async (t) => {
  const { client } = await start(t, [says('Quiet.')], { window: {} });

  await client.command('codex.ask', 'Be quiet');
  await client.until('window/showMessage', ({ message }) => message.includes('Quiet.'));
  assert.deepEqual(client.all('window/workDoneProgress/create'), []);
  assert.deepEqual(client.all('$/progress'), []);
  await closeWell(client);
});
