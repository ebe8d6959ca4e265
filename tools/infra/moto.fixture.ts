const DEADLINE_MS = 30_000;

/** A request to a service of AWS: an operation of JSON by its target, or a query by its action. */
export type MotoRequest = { service: string; target?: string; action?: string; version?: string; body?: string };

/** Asks an emulated service itself, past every SDK. Rejects when it does not answer with success in time. */
export async function askMoto(
  endpoint: string,
  { service, target, action, version, body = '{}' }: MotoRequest,
): Promise<string> {
  const jsonType = `application/x-amz-json-1.${service === 'sqs' ? 0 : 1}`;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      // moto takes the service from the credentials' scope and does not look at the signature.
      Authorization: `AWS4-HMAC-SHA256 Credential=emulator/20260101/us-east-1/${service}/aws4_request, Signature=none`,
      'Content-Type': target ? jsonType : 'application/x-www-form-urlencoded',
      ...(target ? { 'X-Amz-Target': target } : {}),
    },
    body: target ? body : `Action=${action}&Version=${version}${body === '{}' ? '' : `&${body}`}`,
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${service} ${target ?? action}: ${response.status} ${text}`);
  return text;
}

/** Empties the whole emulated account. */
export async function resetMoto(endpoint: string): Promise<void> {
  await fetch(`${endpoint}/moto-api/reset`, { method: 'POST', signal: AbortSignal.timeout(DEADLINE_MS) });
}
