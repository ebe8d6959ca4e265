// The container's health: whether the process answers at all. What it depends on is none of this check's business, because
// a container that fails it is replaced.
import { get } from 'node:http';

const port = process.env.PORT ?? '3000';
const timeoutMs = 3000;

get({ host: '127.0.0.1', port, path: '/livez', signal: AbortSignal.timeout(timeoutMs) }, ({ statusCode }) => {
  process.exit(statusCode === 200 ? 0 : 1);
}).on('error', () => process.exit(1));
