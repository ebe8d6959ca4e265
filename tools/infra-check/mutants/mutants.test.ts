import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Document } from 'yaml';
import { checkProfile } from '../check.ts';
import { readFacts } from '../facts.ts';
import { profileNames, readProfile, readTemplates } from '../resolve/read-infra.ts';
import { readTemplate } from '../resolve/read-template.ts';
import type { Profile } from '../resolve/resolve-chapters.ts';
import { rules } from '../rules.ts';
import { applyMutant, type Mutant } from './mutant.ts';
import { mutants } from './mutants.ts';

const root = new URL('../../..', import.meta.url).pathname;
const facts = readFacts(root);
const templates = readTemplates(root);
const unpatched = profileNames.map((name) => {
  const profile = readProfile(root, name);
  return { profile, result: checkProfile(templates, profile, facts) };
});

describe('our templates', () => {
  test.each(unpatched)('hold every rule in the profile $profile.name', ({ result }) => {
    expect(result.findings.map(({ rule, where, message }) => `${where} ${rule} ${message}`)).toEqual([]);
  });
});

describe('the rules find', () => {
  test.each(mutants.map((mutant): [string, Mutant] => [`${mutant.mistake} (${mutant.rule})`, mutant]))(
    '%s',
    (_title, mutant) => {
      // The rule that is meant alone has to find it, in at least one profile.
      const rule = rules.filter(({ id }) => id === mutant.rule);
      const found = unpatched.flatMap(({ profile, result }) => {
        const before = result.findings.map(({ message }) => message);
        const { findings } = checkProfile(mutatedTemplates(mutant), mutatedProfile(profile, mutant), facts, rule);
        return findings.filter(({ message }) => !before.includes(message));
      });
      expect(found).not.toEqual([]);
      for (const { where } of found) expect(where).toMatch(/^infra\/templates\/[\w-]+\.yaml:\d+$/);
    },
  );

  test('at least one mistake for each rule', () => {
    const caught = new Set(mutants.map(({ rule }) => rule));
    expect(rules.map(({ id }) => id).filter((id) => !caught.has(id))).toEqual([]);
  });
});

function mutatedTemplates(mutant: Mutant) {
  return templates.map((template) => {
    if (!template.file.endsWith(`/${mutant.file}`)) return template;
    const text = readFileSync(`${root}/${template.file}`, 'utf8');
    return readTemplate(template.file, text, (document) => applyMutant(document, mutant));
  });
}

function mutatedProfile(profile: Profile, mutant: Mutant): Profile {
  if (mutant.file !== `${profile.name}.json`) return profile;
  const document = new Document(profile.values);
  applyMutant(document, mutant);
  return { ...profile, values: document.toJS() };
}
