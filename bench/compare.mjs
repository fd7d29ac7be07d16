#!/usr/bin/env node
// Measures this server and the original in one run, turn about, and compares the medians with our
// budgets. See docs/performance.md.
//
//   node bench/compare.mjs --original FILE [--rounds N]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { Model, burst, commandCall, pacedMessage, toolCall, tools } from './model.mjs';
import { Server, original, ours } from './server.mjs';

const WARM_UP = 5;
const BURST = 20_000;
const THREADS = 100;
const CALLS = 5;

/** What is measured: its name, its unit, and the budget for ours as a ratio to the original. */
const ROWS = {
  start: ['process start → `initialize` answer', 'ms', '≤ 0.8'],
  startMemory: ['resident memory then', 'MB', '≤ 0.7'],
  idleMemory: ['resident memory, idle with one thread', 'MB', '≤ 0.6'],
  threadStart: ['`thread/start` (later ones)', 'ms', '≤ 0.5'],
  toRequest: ['`turn/start` → request at the model', 'ms', '≤ 0.25'],
  toDelta: ['first model delta → client', 'ms', '≤ 1.5'],
  pacedDelta: ['a later delta that comes alone → client', 'ms', '≤ 1.5'],
  toCompleted: ['last model byte → `turn/completed`', 'ms', '≤ 0.3'],
  tool: ['tool call `/bin/true` → next request', 'ms', '≤ 0.2'],
  toolProfile: ['the same under a login profile of 50 ms', 'ms', null],
  toQuestion: ['tool call → approval request', 'ms', '≤ 0.5'],
  toRun: ['accept → the command runs', 'ms', '≤ 0.5'],
  many: ['100 threads × 5 tool calls', 'calls/s', '≥ 4'],
  manyCpu: ['processor time of them', 'ms', '≤ 0.4'],
  manyMemory: ['resident memory then', 'MB', '≤ 0.8'],
  burst: ['20,000 deltas in a burst', 'k/s', '≥ 2.5'],
  burstCpu: ['processor time of the burst', 'ms', null],
};

/** What version managers do to many login shells, in a form that takes the same anywhere. */
const SLOW_PROFILE = 'sleep 0.05\n';

/** One server under measurement, and its samples by row. */
class Subject {
  samples = {};

  constructor(kind, scratch, modelUrl) {
    this.kind = kind;
    this.userHome = path.join(scratch, kind.name);
    this.codexHome = path.join(this.userHome, '.codex');
    this.folder = path.join(this.userHome, 'work');
    fs.mkdirSync(this.codexHome, { recursive: true });
    fs.mkdirSync(this.folder);
    fs.writeFileSync(path.join(this.codexHome, 'config.toml'), config(modelUrl));
  }

  add(row, value) {
    (this.samples[row] ??= []).push(value);
  }

  start() {
    return new Server(this.kind, this.userHome, this.folder);
  }

  async measureStart(keep) {
    const server = this.start();
    const took = (await server.initialize()) - server.started;
    if (keep) {
      this.add('start', took);
      this.add('startMemory', server.residentMegabytes());
    }
    await server.stop();
  }

  async open() {
    this.server = this.start();
    await this.server.initialize();
    await this.startThread();
    await sleep(1000);
    this.add('idleMemory', this.server.residentMegabytes());
  }

  async startThread() {
    const before = performance.now();
    const { thread } = await this.server.request('thread/start', { cwd: this.folder });
    this.threadId = thread.id;
    return performance.now() - before;
  }

  async startThreadUnderSlowProfile() {
    fs.writeFileSync(path.join(this.userHome, '.profile'), SLOW_PROFILE);
    await this.startThread();
  }

  endSlowProfile() {
    fs.rmSync(path.join(this.userHome, '.profile'));
  }

  /** Runs a turn; resolves to the time it was sent at and the time it was over. */
  async turn(text, settings = { approvalPolicy: 'never' }) {
    this.server.deltas = 0;
    const completed = this.server.notification('turn/completed');
    const sent = performance.now();
    const input = [{ type: 'text', text, text_elements: [] }];
    await this.server.request('turn/start', { threadId: this.threadId, input, ...settings });
    const { at, params } = await completed;
    if (params.turn.status !== 'completed') throw new Error(JSON.stringify(params.turn));
    return { sent, at };
  }

  async measureThreadStart(keep) {
    const took = await this.startThread();
    if (keep) this.add('threadStart', took);
  }

  async measureTurn(keep, model) {
    const [stamps] = model.script(pacedMessage);
    const { sent, at } = await this.turn('say something');
    if (keep) {
      this.add('toRequest', stamps.request - sent);
      this.add('toDelta', this.server.firstDelta - stamps.firstDelta);
      this.add('pacedDelta', this.server.lastDelta - stamps.lastDelta);
      this.add('toCompleted', at - stamps.lastByte);
    }
  }

  async measureTool(row, keep, model) {
    const [first, second] = model.script(toolCall, pacedMessage);
    await this.turn('run something');
    const outputs = JSON.parse(second.body).input.filter((i) => i.type === 'function_call_output');
    if (!/exited with code 0/.test(JSON.stringify(outputs.at(-1)))) {
      throw new Error(`the command did not run: ${JSON.stringify(outputs.at(-1))}`);
    }
    if (keep) this.add(row, second.request - first.call);
  }

  /** The command itself says when it runs, by the wall clock. */
  async measureApproval(keep, model) {
    const file = path.join(this.folder, 'ran');
    const [first] = model.script(commandCall(`date +%s%N > ${file}`), pacedMessage);
    const asked = this.server.question('item/commandExecution/requestApproval');
    const turn = this.turn('run something', { approvalPolicy: 'untrusted' });
    const { at, answer } = await asked;
    const answered = performance.timeOrigin + performance.now();
    answer({ decision: 'accept' });
    await turn;
    if (!keep) return;
    this.add('toQuestion', at - first.call);
    this.add('toRun', Number(fs.readFileSync(file, 'latin1')) / 1e6 - answered);
  }

  async measureMany(keep, model) {
    const ids = [];
    for (let i = 0; i < THREADS; i++) {
      await this.startThread();
      ids.push(this.threadId);
    }
    model.always(tools(CALLS));
    const cpu = this.server.cpuMs();
    const ended = this.server.turns(THREADS);
    const input = [{ type: 'text', text: 'run', text_elements: [] }];
    const begun = performance.now();
    const starts = ids.map((threadId) =>
      this.server.request('turn/start', { threadId, input, approvalPolicy: 'never' }),
    );
    await Promise.all(starts);
    const took = (await ended) - begun;
    model.always(null);
    if (!keep) return;
    this.add('many', (THREADS * CALLS * 1000) / took);
    this.add('manyCpu', this.server.cpuMs() - cpu);
    this.add('manyMemory', this.server.residentMegabytes());
  }

  async measureBurst(keep, model) {
    await this.startThread();
    const cpu = this.server.cpuMs();
    const [stamps] = model.script(burst(BURST));
    const { at } = await this.turn('say a lot');
    if (this.server.deltas !== BURST) throw new Error(`${this.server.deltas} deltas came`);
    if (keep) {
      this.add('burst', BURST / (at - stamps.firstDelta));
      this.add('burstCpu', this.server.cpuMs() - cpu);
    }
  }
}

function config(modelUrl) {
  return `model = "gpt-5.4"
model_provider = "bench"
approval_policy = "never"
sandbox_mode = "danger-full-access"

[model_providers.bench]
name = "bench"
base_url = "${modelUrl}"
wire_api = "responses"
`;
}

/** Measures in turns, the order changing, so that a load from outside meets both alike. */
async function alternate(subjects, rounds, warmUp, measure) {
  for (let round = -warmUp; round < rounds; round++) {
    const order = round % 2 === 0 ? subjects : subjects.toReversed();
    for (const subject of order) await measure(subject, round >= 0);
  }
}

async function measureAll(subjects, model, rounds) {
  await alternate(subjects, rounds, 1, (s, keep) => s.measureStart(keep));
  for (const subject of subjects) await subject.open();
  await alternate(subjects, rounds, WARM_UP, (s, keep) => s.measureThreadStart(keep));
  await alternate(subjects, rounds, WARM_UP, (s, keep) => s.measureTurn(keep, model));
  for (const subject of subjects) await subject.startThread();
  await alternate(subjects, rounds, WARM_UP, (s, keep) => s.measureTool('tool', keep, model));
  await alternate(subjects, rounds, WARM_UP, (s, keep) => s.measureApproval(keep, model));
  for (const subject of subjects) await subject.startThreadUnderSlowProfile();
  const slowTool = (s, keep) => s.measureTool('toolProfile', keep, model);
  await alternate(subjects, rounds, WARM_UP, slowTool);
  await alternate(subjects, Math.ceil(rounds / 3), 1, (s, keep) => s.measureBurst(keep, model));
  for (const subject of subjects) subject.endSlowProfile();
  await alternate(subjects, 1, 0, (s, keep) => s.measureMany(keep, model));
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function tableLine(row, theirs, mine) {
  const [name, unit, budget] = ROWS[row];
  const [p50Theirs, p50Mine] = [median(theirs.samples[row]), median(mine.samples[row])];
  const ratio = p50Mine / p50Theirs;
  const cells = [name, `${p50Theirs.toFixed(2)} ${unit}`, `${p50Mine.toFixed(2)} ${unit}`];
  cells.push(ratio.toFixed(2));
  if (budget === null) return `| ${cells.join(' | ')} | - | - |`;
  const [sign, limit] = budget.split(' ');
  const met = sign === '≤' ? ratio <= Number(limit) : ratio >= Number(limit);
  return `| ${cells.join(' | ')} | ${budget} × | ${met ? 'yes' : '**no**'} |`;
}

async function main() {
  const options = { original: { type: 'string' }, rounds: { type: 'string', default: '15' } };
  const { values } = parseArgs({ options });
  if (!values.original || !(Number(values.rounds) >= 1)) {
    process.stderr.write('usage: compare.mjs --original FILE [--rounds N]\n');
    process.exit(2);
  }
  const launcher = fileURLToPath(new URL('../bin/codex-lsp', import.meta.url));
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-lsp-bench-'));
  const model = new Model();
  const url = await model.listen();
  const theirs = new Subject(original(path.resolve(values.original)), scratch, url);
  const mine = new Subject(ours(launcher), scratch, url);
  try {
    await measureAll([theirs, mine], model, Number(values.rounds));
    console.log('| what | original p50 | ours p50 | ratio | budget | met |');
    console.log('|---|---|---|---|---|---|');
    for (const row of Object.keys(ROWS)) console.log(tableLine(row, theirs, mine));
  } finally {
    for (const subject of [theirs, mine]) await subject.server?.stop();
    model.close();
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

await main();
