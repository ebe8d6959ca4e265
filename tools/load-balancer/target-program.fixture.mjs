// Runs inside a container as a service of the shop would. Port 3000 is for the balancer, port 4000 for the test.
import { createServer } from 'node:http';

const service = process.env.SERVICE;
const seen = [];
let held = [];
let isReady = process.env.READY !== 'false';
let connections = 0;

const target = createServer(async (request, response) => {
  if (request.url === '/readyz') return response.writeHead(isReady ? 200 : 503).end();
  seen.push(request.url);
  const kind = request.url.split('?')[0].split('/').at(-1);
  if (kind === 'cut') return request.socket.destroy();
  if (kind === 'large') return response.writeHead(413, { connection: 'close' }).end('too large');
  if (kind === 'held') await new Promise((resolve) => hold(resolve, response));
  if (kind === 'busy') return response.writeHead(503, { 'retry-after': '1' }).end('busy');
  const body = (await request.toArray()).join('');
  const { method, url, headers, rawHeaders, socket } = request;
  response.end(JSON.stringify({ service, method, url, headers, rawHeaders, body, connection: socket.number }));
});

function hold(release, response) {
  held.push(release);
  response.on('close', () => {
    held = held.filter((each) => each !== release);
  });
}
target.keepAliveTimeout = 72_000;
target.on('connection', (socket) => {
  connections += 1;
  socket.number = connections;
});
if (process.env.LISTENS !== 'false') target.listen(3000);

createServer((request, response) => {
  if (request.url === '/ready') isReady = true;
  if (request.url === '/unready') isReady = false;
  if (request.url === '/release') for (const release of held.splice(0)) release();
  response.end(JSON.stringify({ seen, held: held.length }));
  if (request.url === '/forget') seen.length = 0;
}).listen(4000);
