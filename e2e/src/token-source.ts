import { exec } from 'node:child_process';
import { promisify } from 'node:util';

/** Whoever gives out bearer tokens, for customers and for an administrator. */
export type TokenSource = { token(customerId: string, options?: { admin?: boolean }): Promise<string> };

type Caller = { customerId: string; admin: boolean };

/** The development issuer, which gives a token to everyone. */
export function tokensOfIssuer(issuerUrl: string): TokenSource {
  return remember(async (caller) => {
    const answer = await fetch(`${issuerUrl}/token`, {
      method: 'POST',
      headers: { accept: 'text/plain', 'content-type': 'application/json' },
      body: JSON.stringify(caller),
    });
    if (!answer.ok) throw new Error(`The issuer answers ${answer.status}: ${await answer.text()}`);
    return answer.text();
  });
}

/** A command that prints a token: `COMMAND --customer ID [--admin]`, in the folder that its user is in. */
export function tokensOfCommand(command: string): TokenSource {
  return remember(async ({ customerId, admin }) => {
    const line = `${command} --customer ${customerId}${admin ? ' --admin' : ''}`;
    const { stdout } = await promisify(exec)(line, { cwd: process.env.INIT_CWD });
    const token = stdout.trim();
    if (!/^\S+$/.test(token)) throw new Error(`${line} printed no token`);
    return token;
  });
}

/** Asks once for each caller, and again after a failure. */
function remember(fetchToken: (caller: Caller) => Promise<string>): TokenSource {
  const known = new Map<string, Promise<string>>();
  return {
    token(customerId, { admin = false } = {}) {
      const name = JSON.stringify([customerId, admin]);
      const token = known.get(name) ?? fetchToken({ customerId, admin });
      known.set(name, token);
      token.catch(() => known.delete(name));
      return token;
    },
  };
}
