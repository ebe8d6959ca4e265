import { createCustomers } from './customer.ts';
import { createShelf } from './shelf.ts';
import { startShop } from './shop.ts';
import { type TokenSource, tokensOfCommand, tokensOfIssuer } from './token-source.ts';

type Address = { baseUrl: string; servicePages: boolean; tokens: TokenSource; close(): Promise<void> };

export type Target = Awaited<ReturnType<typeof openTarget>>;

/** The shop that the tests from outside run against: the one that `npm run e2e` names, else one of their own. */
export async function openTarget() {
  const { baseUrl, servicePages, tokens, close } = readAddress(process.env) ?? (await startOwn());
  const people = createCustomers(baseUrl, tokens);
  const shelf = createShelf(people.send, tokens);
  return {
    ...people,
    baseUrl,
    tokens,
    /** Whether its docs, API descriptions and task pages are reachable. */
    servicePages,
    shelf,
    async close() {
      await shelf.clear().finally(close);
    },
  };
}

function readAddress(environment: NodeJS.ProcessEnv): Address | undefined {
  const {
    E2E_BASE_URL: baseUrl,
    E2E_ISSUER_URL: issuer,
    E2E_TOKEN_COMMAND: command,
    E2E_SERVICE_PAGES: pages,
  } = environment;
  if (!baseUrl) return undefined;
  if (!issuer && !command) throw new Error('E2E_BASE_URL needs E2E_ISSUER_URL or E2E_TOKEN_COMMAND');
  const tokens = command ? tokensOfCommand(command) : tokensOfIssuer(String(issuer));
  return { baseUrl, servicePages: pages !== 'hidden', tokens, close: async () => undefined };
}

async function startOwn(): Promise<Address> {
  const { baseUrl, issuer, stop } = await startShop({ recovery: 'shipped' });
  return { baseUrl, servicePages: true, tokens: issuer, close: stop };
}
