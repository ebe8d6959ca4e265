import type { onRequestAsyncHookHandler } from 'fastify';
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { audienceFault, audiencesIn } from './audience.ts';
import { IdentityError } from './identity-error.ts';
import { createIssuerKeys } from './issuer-keys.ts';

export { IdentityError };

/** Who asks: the token's subject and the scopes that the issuer granted. */
export type Caller = { customerId: string; scopes: ReadonlySet<string> };

export type Identity = {
  /**
   * An onRequest hook, so that nobody unknown makes us read a body. It fails with IdentityError unless the request
   * carries a valid token, and one with `scope` where that is given.
   */
  required(scope?: string): onRequestAsyncHookHandler;
  /** The caller of a request that passed `required`. */
  callerOf(request: object): Caller;
};

export type IdentityOptions = {
  issuer: string;
  /** What `aud` must name, or several of which it must name one, separated by spaces; for Cognito, ids of its clients. */
  audience: string;
  jwksUrl: string;
  timeoutMs?: number;
  now?: () => number;
};

/** Fixed, so that a token cannot choose how it is checked (RFC 8725, section 3.1): never `none`, never a shared secret. */
const ALGORITHMS = ['ES256', 'RS256'];
const CLOCK_TOLERANCE_SECONDS = 5;

/** Verifies bearer tokens (RFC 6750, RFC 7519) that one issuer made for us. */
export function createIdentity({
  issuer,
  audience,
  jwksUrl,
  timeoutMs = 2000,
  now = Date.now,
}: IdentityOptions): Identity {
  const keys = createIssuerKeys(jwksUrl, timeoutMs, now);
  const audiences = audiencesIn(audience);
  const callers = new WeakMap<object, Caller>();

  return {
    required: (scope) => async (request) => {
      const caller = callerIn(await verify(bearerToken(request.headers.authorization), keys));
      if (scope && !caller.scopes.has(scope)) {
        throw new IdentityError('scope', `The token lacks the scope ${scope}`, { scope });
      }
      callers.set(request, caller);
    },
    callerOf(request) {
      const caller = callers.get(request);
      if (!caller) throw new Error('callerOf was asked on a route without the hook identity.required()');
      return caller;
    },
  };

  async function verify(token: string, key: JWTVerifyGetKey): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, key, {
        issuer,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(now()),
      });
      const fault = audienceFault(payload, audiences);
      if (fault) throw new IdentityError('invalid', `The token is not valid: ${faultOfClaim(fault)}`);
      return payload;
    } catch (error) {
      if (error instanceof IdentityError) throw error;
      throw new IdentityError('invalid', `The token is not valid: ${faultIn(error)}`);
    }
  }
}

function bearerToken(authorization: string | undefined): string {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (!token) throw new IdentityError('missing', 'A bearer token is required');
  return token;
}

/** In words of our own: jose's error carries the token's claims, its message may quote what a stranger wrote. */
function faultIn(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return faultOfClaim(error.claim);
  if (error instanceof errors.JWKSNoMatchingKey) return 'the issuer has no such key';
  return error instanceof errors.JOSEError ? error.code : 'it cannot be read';
}

function faultOfClaim(claim: string): string {
  return `its claim "${claim}" is missing or wrong`;
}

function callerIn({ sub, scope }: JWTPayload): Caller {
  if (typeof sub !== 'string' || sub.length < 1 || sub.length > 255 || !sub.isWellFormed()) {
    throw new IdentityError('invalid', 'The token is not valid: "sub" must be text of 1 to 255 characters');
  }
  const scopes = typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [];
  return { customerId: sub, scopes: new Set(scopes) };
}
