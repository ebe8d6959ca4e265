import { ports, publicUrlOf } from './addresses.ts';

const door = publicUrlOf('front-door');
const pages = [
  ['front door', door, 'routes as the load balancer does'],
  ['catalog', `${door}/catalog/docs`, 'its API'],
  ['order', `${door}/order/docs`, 'its API'],
  ['payment', `${door}/payment/docs`, 'its API'],
  ['dev issuer', publicUrlOf('dev-issuer'), 'tokens: npm run token -- --customer alice'],
  [
    'sandbox gateway',
    publicUrlOf('sandbox-gateway'),
    `takes the payments; docs at ${publicUrlOf('sandbox-gateway')}/docs`,
  ],
  ['DynamoDB Local', publicUrlOf('dynamodb'), ''],
];
const json = "-H 'Content-Type: application/json'";
const bearer = '-H "Authorization: Bearer $TOKEN"';

/** Places an order and reads it, in any POSIX shell. */
export const orderLines = [
  `TOKEN=$(curl -sS ${publicUrlOf('dev-issuer')}/token -H 'Accept: text/plain' ${json} -d '{"customerId":"alice"}')`,
  `curl -sS -w '\\n' ${door}/v1/orders ${bearer} -H 'Idempotency-Key: first-order' ${json} -d '{"lines":[{"sku":"MUG-STONEWARE-BLUE","quantity":2}],"paymentMethod":"pm_approve"}'`,
  `curl -sS -w '\\n' ${door}/v1/orders ${bearer}`,
];

/** What a user needs to know once the shop is open. */
export function welcome({ seconds, logFile }: { seconds: string; logFile: string }): string {
  const width = Math.max(...pages.map(([, url = '']) => url.length));
  return [
    '',
    `The shop is open, after ${seconds} s.`,
    '',
    ...pages.map(([name = '', url = '', what]) => `  ${name.padEnd(16)} ${url.padEnd(width)}  ${what}`.trimEnd()),
    '',
    'Place an order, in another terminal (a second time it is the same order; another Idempotency-Key makes another):',
    '',
    ...orderLines,
    '',
    'Then look for "order  ... POST /v1/orders 201" below. The trace_id in that line finds all that belongs to the request:',
    '',
    `grep TRACE_ID ${logFile}`,
    '',
    `Edits under apps/ and libs/ restart the services on ports ${ports.catalog}, ${ports.order} and ${ports.payment}. Ctrl-C stops everything.`,
    '',
  ].join('\n');
}
