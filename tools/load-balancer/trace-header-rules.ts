import { explained } from './haproxy-words.ts';
import { TRACE_VARIABLE } from './variables.ts';

/** Version 1, the epoch second as 8 hexadecimal digits, 24 random ones. */
const digits = (number: string) => `%[${number},hex,bytes(8,8),lower]`;
const OWN_ID = `1-${digits('date')}-${digits('rand')}${digits('rand')}${digits('rand')}`;

/** Each step takes something away that is not a field of the caller's: an earlier Self, what has no value, stray semicolons. */
const FIELDS = [
  'req.fhdr(x-amzn-trace-id)',
  "regsub('(^|;)[ ]*Self=[^;]*','',g)",
  "regsub('(^|;)[^;=]*(?=;|\\$)','',g)",
  "regsub('^;+','')",
].join(',');

/** The header `X-Amzn-Trace-Id` as `trace-header.ts` of the front door makes it. */
export function traceHeaderRules(): string {
  const fields = 'var(txn.trace_fields)';
  return explained(
    "A new Root when there is none, else the caller's fields with a Self field in front.",
    `http-request set-var(txn.trace_fields) "${FIELDS}"`,
    `http-request set-var-fmt(${TRACE_VARIABLE}) "Root=${OWN_ID}" unless { ${fields} -m reg '(^|;)[ ]*Root=' }`,
    `http-request set-var-fmt(${TRACE_VARIABLE}) "Self=${OWN_ID}" if { ${fields} -m reg '(^|;)[ ]*Root=' }`,
    `http-request set-var-fmt(${TRACE_VARIABLE}) "%[var(${TRACE_VARIABLE})];%[${fields}]" if { ${fields} -m len gt 0 }`,
    `http-request set-header X-Amzn-Trace-Id "%[var(${TRACE_VARIABLE})]"`,
  );
}
