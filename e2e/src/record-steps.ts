// Preloaded into a service: it writes each step that it takes as a line of JSON among its logs.
import { subscribe } from 'node:diagnostics_channel';

subscribe('shop.step', (message) => {
  const { name } = message as { name: string };
  process.stderr.write(`${JSON.stringify({ step: name })}\n`);
});
