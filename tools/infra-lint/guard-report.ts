import type { Json } from '../infra-check/resolve/json.ts';
import type { Finding, Subject } from './finding.ts';

/** What cfn-guard says of one template, as far as we read it: the depth of its checks is that of the rule's text. */
export type GuardReport = { name: string; not_compliant: Json[] };

type Broken = { id: string; fix: string };

/** A finding for each Control Tower rule and resource; the rule's identifier stands in its message only. */
export function guardFindings(report: GuardReport, subject: Subject): Finding[] {
  const findings = new Map<string, Finding>();
  for (const rule of report.not_compliant) {
    for (const { id, fix, place } of brokenWithin(rule)) {
      const finding: Finding = { checker: 'cfn-guard', rule: id, subject, place, message: fix };
      findings.set(`${id} ${place}`, finding);
    }
  }
  return [...findings.values()];
}

function brokenWithin(value: Json, broken: Broken = { id: 'unnamed rule', fix: '' }): (Broken & { place: string })[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => brokenWithin(item, broken));
  const said = messageOf(value) ?? broken;
  return Object.entries(value).flatMap(([name, member]) => {
    const [, place] = (name === 'path' && typeof member === 'string' && /^\/Resources\/(\w+)/.exec(member)) || [];
    return place ? [{ ...said, place }] : brokenWithin(member, said);
  });
}

/** `[CT.ECS.PR.3]: what is required`, and a line with `[FIX]: what to do`. */
function messageOf(value: { [name: string]: Json }): Broken | undefined {
  const { messages } = value;
  const text =
    typeof messages === 'object' && messages !== null && 'custom_message' in messages && messages.custom_message;
  if (typeof text !== 'string') return undefined;
  const id = /\[(CT\.[\w.]+)\]/.exec(text)?.[1];
  return id === undefined ? undefined : { id, fix: /\[FIX\]:\s*(.*)/.exec(text)?.[1]?.trim() ?? '' };
}
