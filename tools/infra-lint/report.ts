import type { Finding, Subject } from './finding.ts';
import type { Verdict } from './judge.ts';

/** For people: each finding, then what is allowed and why. */
export function renderVerdict({ open, suppressed, unused }: Verdict): string[] {
  const allowed = [...suppressed].map(
    ([{ rules, reason }, count]) => `  allowed ${String(count).padStart(3)} x ${rules.join(', ')}: ${reason}`,
  );
  // A stack that is found faulty as a chapter mostly is so when it is nested, too.
  return [...new Set(open.map(renderFinding)), ...allowed, ...unused];
}

function renderFinding({ checker, rule, subject: { template, profile }, place, message }: Finding): string {
  return `${template} (${profile}) ${place}: ${checker} ${rule} ${message}`;
}

/** A test is one checker on one template; one more holds the list of exceptions to be needed. */
export function countTests(
  looks: readonly { checker: Finding['checker']; subjects: readonly Subject[] }[],
  { open, unused }: Verdict,
) {
  const failed = looks.flatMap(({ checker, subjects }) =>
    subjects.filter((subject) => open.some((each) => each.checker === checker && each.subject === subject)),
  ).length;
  const all = looks.reduce((sum, { subjects }) => sum + subjects.length, 0) + 1;
  const faults = failed + (unused.length > 0 ? 1 : 0);
  return { passed: all - faults, failed: faults };
}
