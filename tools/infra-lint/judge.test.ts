import { describe, expect, test } from '@jest/globals';
import type { Finding, Subject } from './finding.ts';
import { judge } from './judge.ts';
import { countTests } from './report.ts';
import type { Suppression } from './suppressions.ts';

const network: Subject = { file: '/network.json', template: 'network', profile: 'workshop' };
const data: Subject = { file: '/data.json', template: 'data', profile: 'workshop' };
const finding = (subject: Subject, rule: string, place = 'Thing'): Finding => ({
  checker: 'cfn-guard',
  rule,
  subject,
  place,
  message: 'is wrong',
});
const exception: Suppression = {
  rules: ['CT.A.1', 'CT.A.2'],
  profiles: ['workshop'],
  template: /^network$/,
  place: /^Thing$/,
  reason: 'so it is',
};

describe('an exception', () => {
  test('suppresses its rules in its template, at its place and nowhere else', () => {
    const others = [finding(data, 'CT.A.1'), finding(network, 'CT.A.1', 'Other'), finding(network, 'CT.A.3')];
    const { open, unused } = judge([finding(network, 'CT.A.1'), finding(network, 'CT.A.2'), ...others], [exception]);
    expect(open).toEqual(others);
    expect(unused).toEqual([]);
  });

  test('suppresses nothing in a profile that it does not name', () => {
    const inProduction = finding({ ...network, profile: 'production' }, 'CT.A.1');
    expect(judge([inProduction], [exception]).open).toEqual([inProduction]);
  });

  test('is told of when one of its rules, in one of its profiles, is never broken', () => {
    const broad = { ...exception, profiles: ['workshop', 'production'] };
    const { unused } = judge([finding(network, 'CT.A.1')], [broad]);
    expect(unused).toEqual([
      'the exception from CT.A.2 (workshop: so it is) suppresses nothing',
      'the exception from CT.A.1 (production: so it is) suppresses nothing',
      'the exception from CT.A.2 (production: so it is) suppresses nothing',
    ]);
  });
});

describe('the totals', () => {
  const looks = [
    { checker: 'cfn-lint', subjects: [network, data] },
    { checker: 'cfn-guard', subjects: [network, data] },
  ] as const;

  test('count a template once for each checker, and the list of exceptions', () => {
    expect(countTests(looks, judge([], []))).toEqual({ passed: 5, failed: 0 });
  });

  test('count a template with several findings as one failure', () => {
    const verdict = judge([finding(network, 'CT.A.1'), finding(network, 'CT.A.2')], []);
    expect(countTests(looks, verdict)).toEqual({ passed: 4, failed: 1 });
  });

  test('fail by an exception that nobody needs', () => {
    expect(countTests(looks, judge([], [exception]))).toEqual({ passed: 4, failed: 1 });
  });
});
