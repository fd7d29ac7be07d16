// A scripted model: a Responses API on loopback that answers the requests of a test in their order.
import { once } from 'node:events';
import http from 'node:http';
import { text } from 'node:stream/consumers';

/** The model says something. */
export const says = (text) => ({ text });

/** The model wants a command to be run. */
export const runs = (cmd) => ({ cmd });

/** The model begins to say something and does not end; the connection stays open. */
export const hangs = (text) => ({ text, hang: true });

/** The answer waits for something that the test does. */
export const held = (gate, answer) => ({ ...answer, gate });

/**
 * Starts a model on a free port.
 *
 * `requests` holds the body of every request so far. A request beyond the script is answered with
 * status 400, which is not retried.
 */
export async function startModel(...answers) {
  const requests = [];
  const server = http.createServer(async (request, response) => {
    const body = await text(request).catch(() => undefined);
    // An interrupted turn may close the connection in the middle of its request.
    if (body === undefined) return;
    requests.push(JSON.parse(body));
    const answer = answers[requests.length - 1];
    if (!answer) {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end('{"error":{"message":"the script of the test is over"}}');
      return;
    }
    await answer.gate;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of events(answer, requests.length)) {
      response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    }
    if (!answer.hang) response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/v1`,
    requests,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function* events(answer, n) {
  yield { type: 'response.created', response: { id: `resp_${n}` } };
  yield* answer.cmd ? call(answer.cmd, n) : message(answer, `msg_${n}`);
  if (answer.hang) return;
  const usage = {
    input_tokens: 10,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 5,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 15,
  };
  yield { type: 'response.completed', response: { id: `resp_${n}`, usage } };
}

function* call(cmd, n) {
  const item = {
    type: 'function_call',
    id: `fc_${n}`,
    call_id: `call_${n}`,
    name: 'exec_command',
    arguments: JSON.stringify({ cmd }),
  };
  yield { type: 'response.output_item.added', output_index: 0, item: { ...item, arguments: '' } };
  yield { type: 'response.output_item.done', output_index: 0, item };
}

function* message({ text: whole, hang }, id) {
  const item = { type: 'message', role: 'assistant', id, content: [] };
  yield { type: 'response.output_item.added', output_index: 0, item };
  const place = { item_id: id, output_index: 0, content_index: 0 };
  for (const delta of whole.match(/.{1,9}/gs)) {
    yield { type: 'response.output_text.delta', ...place, delta };
  }
  if (hang) return;
  const content = [{ type: 'output_text', text: whole, annotations: [] }];
  yield { type: 'response.output_item.done', output_index: 0, item: { ...item, content } };
}

/** What the model was told about the command that it wanted in its n-th request. */
export const outcome = (model, n) =>
  model.requests.at(n).input.findLast((item) => item.type === 'function_call_output')?.output;
