import type { Facts } from './facts.ts';
import type { Finding, Rule } from './finding.ts';
import type { Template } from './resolve/read-template.ts';
import type { Profile } from './resolve/resolve-chapters.ts';
import { resolveShops } from './resolve/resolve-shop.ts';
import { rules as allRules } from './rules.ts';
import { indexShop } from './shop-index.ts';
import { suppressions as listed, type Suppression } from './suppressions.ts';

export type Result = { findings: Finding[]; resources: number; suppressed: Suppression[] };

/** Every rule on a profile, in both ways of deploying it; what both find is told once. */
export function checkProfile(
  templates: readonly Template[],
  profile: Profile,
  facts: Facts,
  rules: readonly Rule[] = allRules,
  suppressions: readonly Suppression[] = listed,
): Result {
  const shops = resolveShops(templates, profile).map(indexShop);
  const found = new Map<string, Finding>();
  for (const { id, mistake, check } of rules) {
    for (const problem of shops.flatMap((shop) => check(shop, facts))) {
      const finding = { ...problem, rule: id, mistake, profile: profile.name };
      found.set(`${id} ${problem.where} ${problem.message}`, finding);
    }
  }
  const covering = (finding: Finding) => suppressions.find((each) => covers(each, finding));
  const findings = [...found.values()];
  const looked = suppressions.filter(({ rule }) => rules.some(({ id }) => id === rule));
  return {
    findings: [...findings.filter((finding) => !covering(finding)), ...unneeded(looked, findings, profile.name)],
    resources: Math.max(0, ...shops.map((shop) => shop.resources.length)),
    suppressed: [...new Set(findings.flatMap((finding) => covering(finding) ?? []))],
  };
}

function covers({ rule, file, messages }: Suppression, finding: Finding): boolean {
  return rule === finding.rule && finding.where.startsWith(`${file}:`) && messages.includes(finding.message);
}

/** An exception that outlives its reason would let the next mistake of the kind through. */
function unneeded(suppressions: readonly Suppression[], findings: readonly Finding[], profile: string): Finding[] {
  return suppressions.flatMap((suppression) =>
    suppression.messages
      .filter((message) => !findings.some((finding) => covers({ ...suppression, messages: [message] }, finding)))
      .map((message) => ({
        rule: 'E-1',
        mistake: 'an exception that nothing needs any more',
        message: `"${message}" is allowed for ${suppression.rule}, and nothing says so`,
        mend: 'drop it from the list',
        where: 'tools/infra-check/suppressions.ts:1',
        profile,
      })),
  );
}
