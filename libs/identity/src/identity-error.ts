/**
 * Why a request has no caller. `missing`: no bearer token was sent; `invalid`: the token is not one of the issuer's, not
 * for us or expired; `scope`: a good token that lacks `scope`; `unavailable`: the issuer's keys cannot be had right now.
 */
export class IdentityError extends Error {
  override readonly name = 'IdentityError';
  readonly reason: 'missing' | 'invalid' | 'scope' | 'unavailable';
  /** The scope that was asked for, when that is the reason: it goes into `WWW-Authenticate` (RFC 6750, section 3). */
  readonly scope: string | undefined;

  constructor(reason: IdentityError['reason'], message: string, options: { scope?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.reason = reason;
    this.scope = options.scope;
  }
}
