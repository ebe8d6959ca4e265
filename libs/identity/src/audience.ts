import type { JWTPayload } from 'jose';

/** The audiences of a setting: one, or several separated by spaces. */
export function audiencesIn(setting: string): ReadonlySet<string> {
  return new Set(setting.split(' ').filter(Boolean));
}

/**
 * The claim by which a token turns out not to be an access token for one of `audiences`; undefined when it is one.
 *
 * Amazon Cognito leaves `aud` out of its access tokens: they name the client that they were issued to, and say that they are
 * access tokens. Its ID tokens have that client as their `aud`, but are for the client and not for us
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html).
 */
export function audienceFault(
  { aud, client_id: clientId, token_use: tokenUse }: JWTPayload,
  audiences: ReadonlySet<string>,
): 'aud' | 'token_use' | undefined {
  if (tokenUse !== undefined && tokenUse !== 'access') return 'token_use';
  const named = aud ?? (tokenUse === 'access' ? clientId : undefined);
  return [named].flat().some((each) => typeof each === 'string' && audiences.has(each)) ? undefined : 'aud';
}
