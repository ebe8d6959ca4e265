import { SignatureV4 } from '@smithy/signature-v4';
import type { Target } from './target.ts';

const DEADLINE_MS = 15_000;

/** A question to a service of AWS: an operation of JSON with its target and version, or a query. */
export type Question =
  | { service: string; target: string; json: '1.0' | '1.1'; body: object }
  | { service: string; query: Record<string, string> };

/** Rejects with this when AWS answers, but not with what was asked for. `code` is AWS's name of the error. */
export class Refused extends Error {
  readonly code: string;
  constructor(service: string, code: string) {
    super(`${service} answers ${code}`);
    this.code = code;
  }
}

/**
 * Asks a service of which we need a single reading call, for which an SDK client would be a large dependency. Region, credentials
 * and AWS_ENDPOINT_URL are those of the clients. Resolves to the text of the answer.
 */
export async function askAws(target: Pick<Target, 'sts'>, question: Question): Promise<string> {
  const { config } = target.sts;
  const { service } = question;
  const region = await config.region();
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const url = new URL(process.env.AWS_ENDPOINT_URL ?? `https://${service}.${region}.${suffix}`);
  const isJson = 'target' in question;
  const body = isJson ? JSON.stringify(question.body) : new URLSearchParams(question.query).toString();
  const signer = new SignatureV4({ service, region, credentials: config.credentials, sha256: config.sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: '/',
    headers: {
      host: url.host,
      ...(isJson
        ? { 'content-type': `application/x-amz-json-${question.json}`, 'x-amz-target': question.target }
        : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    body,
  });
  const response = await fetch(new URL('/', url), {
    method: 'POST',
    headers,
    body,
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  const text = await response.text();
  if (response.ok) return text;
  const code = /"__type": ?"(?:[^"]*#)?([^"]+)"|<Code>([^<]+)</.exec(text)?.slice(1).find(Boolean);
  throw new Refused(service, code ?? String(response.status));
}
