import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

// An endpoint in a thread of its own that answers the request "question N kind" by its kind. Kinds that end in `once` go
// wrong at the first call and are answered at the next one.
//
// The first answers are held back until so many calls are under way, or for three seconds: who sends fewer at a time is found out.
const { holdUntil } = workerData;
const calls = new Map();
let held = [];
const counts = { answered: 0, answeredTwice: 0, calls: 0, mostUnderWay: 0 };
let underWay = 0;

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (part) => {
    body += part;
  });
  request.on('end', () => {
    const { content } = JSON.parse(body).messages[0];
    const kind = content.split(' ')[2];
    const call = (calls.get(content)?.call ?? 0) + 1;
    const earlier = calls.get(content);
    calls.set(content, { call, isAnswered: earlier?.isAnswered ?? false });
    counts.calls += 1;
    underWay += 1;
    counts.mostUnderWay = Math.max(counts.mostUnderWay, underWay);
    response.on('close', () => {
      underWay -= 1;
    });
    const isOver = kind.endsWith('once') && call > 1;
    const answer = answers[isOver ? 'fine' : kind];
    const go = () => setTimeout(() => answer(response, content), 10);
    if (held === undefined) return go();
    held.push(go);
    if (held.length === 1) setTimeout(release, 3000);
    if (underWay >= holdUntil) release();
  });
});

function release() {
  for (const go of held ?? []) go();
  held = undefined;
}

const answers = {
  fine: (response, content) => {
    const state = calls.get(content);
    counts[state.isAnswered ? 'answeredTwice' : 'answered'] += 1;
    state.isAnswered = true;
    send(response, 200, completion(`Answer to ${content}`));
  },
  'busy-once': (response) => send(response, 429, { error: { message: 'slow down' } }, { 'retry-after': '0.05' }),
  'fails-once': (response) => send(response, 500, { error: { message: 'oops' } }),
  'drops-once': (response) => response.destroy(),
  'cut-once': (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
    response.write('{"choices": [{"message": {"content": "half an ans', () => response.destroy());
  },
  'malformed-once': (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"choices": [{"message": ');
  },
  'stalls-once': () => undefined,
  'stalls-midway-once': (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"choices": [');
  },
  'fails-always': (response) => send(response, 500, { error: { message: 'broken\nfor good' } }),
  'refuses-always': (response) => send(response, 400, { error: { message: 'too long' } }),
  'no-choices': (response) => send(response, 200, { choices: [] }),
  page: (response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<html>Sign in</html>');
  },
  empty: (response) => send(response, 200, completion('')),
  enormous: (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"choices": [{"finish_reason": "stop", "message": {"content": "');
    const part = 'la '.repeat(2 ** 16);
    const more = () => {
      for (let written = 0; written < 64; written++) if (!response.write(part)) return;
    };
    response.on('drain', more);
    more();
  },
};

const completion = (content) => ({
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
  usage: { prompt_tokens: 4, completion_tokens: 5 },
});

function send(response, status, value, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

server.listen(0, '127.0.0.1', () => parentPort.postMessage({ port: server.address().port }));
parentPort.on('message', () => parentPort.postMessage(counts));
