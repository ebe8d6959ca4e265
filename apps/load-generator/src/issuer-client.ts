import { request } from 'undici';

export type GiveToken = (customerId: string, options?: { admin?: boolean }) => Promise<string>;

/** So often that a new start of the issuer, which has a new key then, is over soon. */
const RENEW_MS = 60_000;
const TIMEOUT_MS = 10_000;

/** Tokens of the development issuer, kept for a minute. */
export function createIssuerClient(issuerUrl: string): GiveToken {
  const known = new Map<string, { token: Promise<string>; renewAt: number }>();

  async function fetchToken(customerId: string, admin: boolean): Promise<string> {
    const { statusCode, body } = await request(`${issuerUrl}/token`, {
      method: 'POST',
      headers: { accept: 'text/plain', 'content-type': 'application/json' },
      body: JSON.stringify({ customerId, admin }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`The issuer answers ${statusCode}: ${text}`);
    return text;
  }

  return (customerId, { admin = false } = {}) => {
    const name = `${admin} ${customerId}`;
    const kept = known.get(name);
    if (kept && kept.renewAt > Date.now()) return kept.token;
    const token = fetchToken(customerId, admin);
    known.set(name, { token, renewAt: Date.now() + RENEW_MS });
    token.catch(() => known.delete(name));
    return token;
  };
}
