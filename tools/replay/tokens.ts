import type { ShopClient } from './shop-client.ts';

/** Gives the bearer token of somebody; a new one when told that the last was refused. */
export type Tokens = {
  of(customerId: string): (refused: boolean) => Promise<string>;
  admin: (refused: boolean) => Promise<string>;
};

const ADMIN = 'replay-admin';

/** One token for each customer, from the local issuer. */
export function createTokens(issuer: ShopClient): Tokens {
  const known = new Map<string, Promise<string>>();
  const tokenOf = (customerId: string, admin: boolean) => async (refused: boolean) => {
    if (refused) known.delete(customerId);
    const token = known.get(customerId) ?? fetchToken(customerId, admin);
    known.set(customerId, token);
    return await token;
  };
  return { of: (customerId) => tokenOf(customerId, false), admin: tokenOf(ADMIN, true) };

  async function fetchToken(customerId: string, admin: boolean): Promise<string> {
    const body = { customerId, ...(admin && { admin }) };
    const answer = await issuer.send<{ access_token?: string }>({ method: 'POST', path: '/token', body });
    if (!answer.body?.access_token) throw new Error(`the issuer gives no token: ${JSON.stringify(answer.body)}`);
    return answer.body.access_token;
  }
}
