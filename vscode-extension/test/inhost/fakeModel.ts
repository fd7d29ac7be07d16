// The scripted model as a Responses endpoint on the loopback, for the real server.
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  AFTER_COMMAND,
  COMMAND_REASON,
  FOUND_BODY,
  FOUND_TITLE,
  HELLO_ANSWER,
  HELLO_THOUGHT,
  REVIEW,
  RUN,
  STALL,
  STALL_BEGINNING,
} from './script';

/** With a sandbox, only what wants to leave it asks. */
const ASK_FIRST = { sandbox_permissions: 'require_escalated', justification: COMMAND_REASON };

interface InputItem {
  readonly type?: string;
  readonly role?: string;
  readonly content?: readonly { readonly text?: string }[];
}

export class FakeModel {
  readonly #server: Server;
  #responses = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<FakeModel> {
    const server = createServer();
    const model = new FakeModel(server);
    server.on('request', (request, response) => {
      model.#answer(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : new Error(String(error)));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return model;
  }

  /** Points a Codex home at this model. */
  writeConfig(codexHome: string): void {
    const { port } = this.#server.address() as AddressInfo;
    const lines = [
      'model = "scripted"',
      'model_provider = "scripted"',
      'approval_policy = "untrusted"',
      'sandbox_mode = "workspace-write"',
      '[model_providers.scripted]',
      'name = "scripted"',
      `base_url = "http://127.0.0.1:${port}/v1"`,
      'wire_api = "responses"',
    ];
    writeFileSync(join(codexHome, 'config.toml'), `${lines.join('\n')}\n`);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || !request.url?.endsWith('/responses')) {
      response.writeHead(404).end();
      return;
    }
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
    const { input } = JSON.parse(body) as { readonly input: readonly InputItem[] };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const id = `resp_${++this.#responses}`;
    const stream = new ResponseStream(response, id);
    stream.send('response.created', { response: { id } });
    if (await play(stream, input)) stream.complete();
  }
}

/** False when the answer never ends. */
async function play(stream: ResponseStream, input: readonly InputItem[]): Promise<boolean> {
  const prompt = promptOf(input);
  if (input.at(-1)?.type === 'function_call_output') await stream.message([AFTER_COMMAND]);
  else if (prompt.startsWith(RUN)) {
    stream.call('exec_command', { ...ASK_FIRST, cmd: prompt.slice(RUN.length) });
  } else if (prompt.startsWith(REVIEW)) {
    await stream.message([JSON.stringify(reviewed(prompt.slice(REVIEW.length)))]);
  } else if (prompt === STALL) {
    stream.beginMessage([STALL_BEGINNING]);
    return false;
  } else {
    stream.reasoning(`**${HELLO_THOUGHT}**`);
    await stream.message(HELLO_ANSWER);
  }
  return true;
}

/** The form that the server asks a reviewer for. */
function reviewed(path: string): object {
  const place = { absolute_file_path: path, line_range: { start: 2, end: 2 } };
  const finding = { title: FOUND_TITLE, body: FOUND_BODY, confidence_score: 1, priority: 1 };
  return {
    findings: [{ ...finding, code_location: place }],
    overall_correctness: 'patch is incorrect',
    overall_explanation: 'Something is missing.',
    overall_confidence_score: 1,
  };
}

function promptOf(input: readonly InputItem[]): string {
  const message = input.findLast((item) => item.role === 'user');
  return message?.content?.map((part) => part.text ?? '').join('') ?? '';
}

/** The events of one response. */
class ResponseStream {
  readonly #response: ServerResponse;
  readonly #id: string;
  #items = 0;

  constructor(response: ServerResponse, id: string) {
    this.#response = response;
    this.#id = id;
  }

  send(type: string, data: object): void {
    this.#response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  }

  beginMessage(pieces: readonly string[]): string {
    const id = `msg_${this.#id}`;
    const item = { type: 'message', role: 'assistant', id, content: [], status: 'in_progress' };
    this.send('response.output_item.added', { output_index: this.#items, item });
    for (const delta of pieces) {
      const at = { item_id: id, output_index: this.#items, content_index: 0 };
      this.send('response.output_text.delta', { ...at, delta });
    }
    return id;
  }

  async message(pieces: readonly string[]): Promise<void> {
    const id = this.beginMessage([]);
    for (const delta of pieces) {
      const at = { item_id: id, output_index: this.#items, content_index: 0 };
      this.send('response.output_text.delta', { ...at, delta });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const content = [{ type: 'output_text', text: pieces.join(''), annotations: [] }];
    this.#done({ type: 'message', role: 'assistant', id, content, status: 'completed' });
  }

  reasoning(text: string): void {
    const id = `rs_${this.#id}`;
    const at = { item_id: id, output_index: this.#items, summary_index: 0 };
    const item = { type: 'reasoning', id, summary: [] };
    this.send('response.output_item.added', { output_index: this.#items, item });
    this.send('response.reasoning_summary_part.added', at);
    this.send('response.reasoning_summary_text.delta', { ...at, delta: text });
    this.#done({ type: 'reasoning', id, summary: [{ type: 'summary_text', text }] });
  }

  call(name: string, args: object): void {
    const call = { name, arguments: JSON.stringify(args), call_id: `call_${this.#id}` };
    const item = { type: 'function_call', id: `fc_${this.#id}`, ...call };
    this.send('response.output_item.added', { output_index: this.#items, item });
    this.#done(item);
  }

  #done(item: object): void {
    this.send('response.output_item.done', { output_index: this.#items++, item });
  }

  complete(): void {
    const usage = {
      input_tokens: 120,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 30,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 150,
    };
    this.send('response.completed', { response: { id: this.#id, usage, output: [] } });
    this.#response.end();
  }
}
