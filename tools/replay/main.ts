// npm run replay: a real retailer's invoices as orders.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { publicUrlOf } from '../shop/addresses.ts';
import { answerHelp } from '../usage.ts';
import { faultOfBooks, reconcile, requireBooksOf } from './books.ts';
import { startProgress } from './progress.ts';
import { replay } from './replay.ts';
import { openShop } from './running-shop.ts';
import { createShopClient } from './shop-client.ts';

const frontDoor = publicUrlOf('front-door');
const USAGE = `Usage: npm run replay -- FILE [--invoices N] [--concurrency N] [--base-url URL] [--issuer-url URL]

Places the invoices of a file in the format of UCI's Online Retail as orders, cancels what the file cancels, and compares money and
units with the file, to the penny. A second run places nothing twice.

  --invoices N      the first N only
  --concurrency N   orders at a time; default 8
  --base-url URL    where the shop answers; default ${frontDoor}, and a shop of its own if nothing answers there
  --issuer-url URL  the development issuer; default ${publicUrlOf('dev-issuer')}`;
answerHelp(USAGE);

/** Resolves to the sentence to end with; the last word of a success is "reconciled". */
async function main(): Promise<{ failed: boolean; conclusion: string }> {
  const { file, invoices, concurrency, baseUrl, issuerUrl } = readArguments();
  requireBooksOf(baseUrl, process.env);
  const say = (line: string) => console.log(line);
  const running = await openShop(baseUrl, { isDefault: baseUrl === frontDoor, say });
  try {
    const [shop, issuer] = [createShopClient({ baseUrl }), createShopClient({ baseUrl: issuerUrl })];
    const { faults, conclusion } = await replay({ file, invoices, concurrency, shop, issuer, say, startProgress });
    const faultInBooks = faultOfBooks(await reconcile());
    if (faultInBooks) faults.push(faultInBooks);
    for (const fault of faults.slice(0, 50)) console.error(fault);
    const failed = faults.length > 0;
    return { failed, conclusion: failed ? `not reconciled: ${faults.length} differences` : conclusion };
  } finally {
    await running.stop();
  }
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      invoices: { type: 'string' },
      concurrency: { type: 'string', default: '8' },
      'base-url': { type: 'string', default: frontDoor },
      'issuer-url': { type: 'string', default: publicUrlOf('dev-issuer') },
    },
  });
  const [file, ...others] = positionals;
  if (!file || others.length > 0) throw new Error(USAGE);
  return {
    // npm runs scripts in the folder of the repository; people name files from where they are.
    file: resolve(process.env.INIT_CWD ?? '.', file),
    invoices: values.invoices === undefined ? undefined : positive('--invoices', values.invoices),
    concurrency: positive('--concurrency', values.concurrency),
    baseUrl: values['base-url'].replace(/\/$/, ''),
    issuerUrl: values['issuer-url'].replace(/\/$/, ''),
  };
}

function positive(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`${option} is "${text}", and should be a number from 1\n${USAGE}`);
  return Number(text);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

main().then(
  ({ failed, conclusion }) => {
    console.log(conclusion);
    process.exit(failed ? 1 : 0);
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
