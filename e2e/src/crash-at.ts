// Preloaded into a service: it dies, as by kill -9, at the step named in CRASH_AT (`order.confirm:before`).
import { subscribe } from 'node:diagnostics_channel';

subscribe('shop.step', (message) => {
  const { name, phase } = message as { name: string; phase: string };
  if (`${name}:${phase}` === process.env.CRASH_AT) process.kill(process.pid, 'SIGKILL');
});
