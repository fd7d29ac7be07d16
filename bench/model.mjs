// A model endpoint on the loopback interface that answers what the benchmark tells it to.
//
// It lives in the process of the benchmark, so that the client's and the model's times come from
// one clock.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const CREATED = event({ type: 'response.created', response: { id: 'resp_1' } });
const COMPLETED = event({
  type: 'response.completed',
  response: {
    id: 'resp_1',
    usage: {
      input_tokens: 10,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 5,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 15,
    },
  },
});

/** Long enough for a server to have dealt with what was sent before. */
const PAUSE_MS = 15;

function event(body) {
  return `event: ${body.type}\ndata: ${JSON.stringify(body)}\n\n`;
}

function messageItem(text) {
  const content = text === null ? [] : [{ type: 'output_text', text, annotations: [] }];
  return { type: 'message', id: 'msg_1', role: 'assistant', content };
}

function messageStart() {
  const item = messageItem(null);
  return CREATED + event({ type: 'response.output_item.added', output_index: 0, item });
}

function delta(text) {
  const place = { item_id: 'msg_1', output_index: 0, content_index: 0 };
  return event({ type: 'response.output_text.delta', ...place, delta: text });
}

function messageEnd(text) {
  const item = messageItem(text);
  return event({ type: 'response.output_item.done', output_index: 0, item }) + COMPLETED;
}

/** A message of two deltas, each of which comes alone, as its end does; stamps all three. */
export async function pacedMessage(response, stamps) {
  response.write(messageStart());
  await sleep(PAUSE_MS);
  stamps.firstDelta = performance.now();
  response.write(delta('one '));
  await sleep(PAUSE_MS);
  stamps.lastDelta = performance.now();
  response.write(delta('two'));
  await sleep(PAUSE_MS);
  stamps.lastByte = performance.now();
  response.end(messageEnd('one two'));
}

/** A message whose deltas are all there at once; stamps `firstDelta`. */
export function burst(count) {
  const parts = Array.from({ length: count }, (_, i) => `tok ${i} `);
  const deltas = parts.map(delta).join('');
  const bytes = Buffer.from(messageStart() + deltas + messageEnd(parts.join('')));
  return async (response, stamps) => {
    stamps.firstDelta = performance.now();
    response.end(bytes);
  };
}

/** One call of a tool; stamps `call`. */
export const toolCall = commandCall('/bin/true');

/** One call of that command; stamps `call`. */
export function commandCall(cmd) {
  return async (response, stamps) => call(cmd, response, stamps);
}

function call(cmd, response, stamps) {
  const item = {
    type: 'function_call',
    id: 'fc_1',
    call_id: `call_${stamps.serial}`,
    name: 'exec_command',
    arguments: JSON.stringify({ cmd }),
  };
  const done = event({ type: 'response.output_item.done', output_index: 0, item });
  stamps.call = performance.now();
  response.end(CREATED + done + COMPLETED);
}

/** Calls the tool until the conversation holds so many outputs, then says a word. */
export function tools(count) {
  return async (response, stamps) => {
    const { input } = JSON.parse(stamps.body);
    const outputs = input.filter((item) => item.type === 'function_call_output').length;
    if (outputs < count) await toolCall(response, stamps);
    else response.end(messageStart() + delta('done') + messageEnd('done'));
  };
}

/** The endpoint. One turn is under way at a time, unless all are answered alike. */
export class Model {
  #answers = [];
  #always = null;
  #serial = 0;
  #server = http.createServer((request, response) => this.#serve(request, response));

  async listen() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${this.#server.address().port}/v1`;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Sets the answers to the next requests; the stamps of each fill up as it is served. */
  script(...answers) {
    if (this.#answers.length > 0) throw new Error('the model was not asked as often as expected');
    this.#answers = answers.map((answer) => ({ answer, stamps: { serial: this.#serial++ } }));
    return this.#answers.map(({ stamps }) => stamps);
  }

  /** Answers every request alike from now on; null goes back to the script. */
  always(answer) {
    this.#always = answer;
  }

  async #serve(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const at = performance.now();
    if (request.method !== 'POST') {
      response.setHeader('content-type', 'application/json');
      response.end('{"object":"list","data":[],"models":[]}');
      return;
    }
    const next = this.#always
      ? { answer: this.#always, stamps: { serial: this.#serial++ } }
      : this.#answers.shift();
    if (next === undefined) {
      response.writeHead(400).end('{"error":{"message":"the script is at its end"}}');
      return;
    }
    next.stamps.request = at;
    next.stamps.body = Buffer.concat(chunks).toString();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    await next.answer(response, next.stamps);
  }
}
