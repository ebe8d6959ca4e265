// What logs, metrics and traces cost: the same route with and without them, loaded in turns. Exit 1 when a goal is missed.
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { answerHelp } from '../usage.ts';
import type { Logs } from './child.ts';
import { measure } from './rounds.ts';
import { summarise } from './summary.ts';

answerHelp(`Usage: npm run bench [-- --rounds N] [--seconds N] [--protocol NAME] [--logs WHERE]

Compares a product read from memory, with and without logs, metrics and traces, with the same route in bare Fastify, in turns.

  --rounds N       default 21
  --seconds N      of load in each round; default 1
  --protocol NAME  of the spans, as OTEL_EXPORTER_OTLP_PROTOCOL; default http/protobuf
  --logs WHERE     pipe, or null for /dev/null; default pipe`);

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '21' },
    seconds: { type: 'string', default: '1' },
    protocol: { type: 'string', default: 'http/protobuf' },
    logs: { type: 'string', default: 'pipe' },
  },
});
const settings = {
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  protocol: values.protocol,
  logs: values.logs as Logs,
};

console.log(
  `One product read from memory by 50 connections: ${settings.rounds} rounds of ${settings.seconds} s for each, in turns.`,
);
const { rounds, spansExpected, spansReceived } = await measure(settings);
const summaries = summarise(rounds);
const table = new Table({
  head: ['medians', 'requests/s', 'of bare', 'goal', 'CPU µs/request', 'server busy'],
  style: { head: [], border: [] },
});
for (const { variant, requestsPerSecond, ofBare, cpuMicrosecondsPerRequest, busyShare } of summaries) {
  table.push([
    variant.name,
    Math.round(requestsPerSecond),
    ofBare.toFixed(2),
    variant.goal?.toFixed(2) ?? '',
    cpuMicrosecondsPerRequest.toFixed(1),
    `${Math.round(busyShare * 100)} %`,
  ]);
}
console.log(table.toString());
const logsTo = settings.logs === 'pipe' ? 'a pipe that is read' : '/dev/null';
console.log(`Logs went to ${logsTo}, ${spansReceived} spans to a collector by ${settings.protocol}.`);
console.log(`Expected: ${Math.round(spansExpected)} spans, but for the luck of sampling.`);
console.log(
  'A server that is less than fully busy waits for the load: then its CPU time tells more than its throughput.',
);

const missed = summaries.filter(({ variant, ofBare }) => variant.goal !== undefined && ofBare < variant.goal);
for (const { variant } of missed) console.error(`Goal missed: ${variant.name}`);
process.exitCode = missed.length > 0 ? 1 : 0;
