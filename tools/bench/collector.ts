// Takes OTLP exports as a collector would, and counts their spans.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { countSpans } from './count-spans.ts';

let spans = 0;
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  spans += countSpans(Buffer.concat(chunks), request.headers['content-type'] === 'application/json');
  response.writeHead(200).end();
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});

process.on('message', () => process.send?.({ spans }));
process.on('disconnect', () => process.exit());
