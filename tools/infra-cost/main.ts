// What the templates cost, by profile. Prices change: each stands with its source and date in prices.json.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { profileNames } from '../infra-check/resolve/read-infra.ts';
import { billFor, notInTheBill } from './bill.ts';
import { prices, region } from './prices.ts';
import { renderBills } from './render-bills.ts';

const USAGE = `Usage: npm run infra:cost [-- --profile workshop|production] [--prices]

What infra/templates cost in ${region}, with the least number of tasks, all on demand: by the hour, for a lab of five hours, by the
month, and for a million orders on top. ${notInTheBill}

  --profile NAME  ${profileNames.join(' or ')}; both without it
  --prices        lists the prices with source and date instead`;

function main(): void {
  const { values } = parseArgs({
    options: { help: { type: 'boolean', short: 'h' }, profile: { type: 'string' }, prices: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(USAGE);
  } else if (values.prices) {
    for (const { usd, unit, source, asOf } of Object.values(prices))
      console.log(`${String(usd).padEnd(9)} ${unit} (${source}${asOf ? `, ${asOf}` : ''})`);
  } else {
    const wanted = profileNames.filter((name) => values.profile === undefined || name === values.profile);
    if (wanted.length === 0) throw new Error(`--profile should be ${profileNames.join(' or ')}`);
    const root = fileURLToPath(new URL('../..', import.meta.url));
    console.log(`${renderBills(wanted.map((name) => billFor(root, name)))}\n\n${notInTheBill}`);
  }
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
