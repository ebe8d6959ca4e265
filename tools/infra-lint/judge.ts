import type { Finding } from './finding.ts';
import { covers, type Suppression } from './suppressions.ts';

export type Verdict = { open: Finding[]; suppressed: Map<Suppression, number>; unused: string[] };

/** What remains of the findings, and which exceptions have nothing to suppress: each of their rules must, in each profile. */
export function judge(findings: readonly Finding[], suppressions: readonly Suppression[]): Verdict {
  const suppressed = new Map<Suppression, number>();
  const open = findings.filter((finding) => {
    const covering = suppressions.filter((each) => covers(each, finding));
    for (const each of covering) suppressed.set(each, (suppressed.get(each) ?? 0) + 1);
    return covering.length === 0;
  });
  const unused = suppressions.flatMap((each) =>
    each.profiles.flatMap((profile) =>
      each.rules
        .filter(
          (rule) =>
            !findings.some((found) => found.rule === rule && found.subject.profile === profile && covers(each, found)),
        )
        .map((rule) => `the exception from ${rule} (${profile}: ${each.reason}) suppresses nothing`),
    ),
  );
  return { open, suppressed, unused };
}
