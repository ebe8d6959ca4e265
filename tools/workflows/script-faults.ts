/** What a step of a workflow, or a command of a build, must not do. */
export function scriptFaults(script: string, npmScripts: readonly string[]): string[] {
  const named = [...script.matchAll(/\bnpm run (?:--?[\w-]+ )*([\w:-]+)/g)].map(([, name]) => String(name));
  const faults = named
    .filter((name) => !npmScripts.includes(name))
    .map((name) => `npm run ${name} is no script of package.json`);
  // Whoever names a branch or writes a title would else write a part of the script. Variables are values only.
  if (/\$\{\{[^}]*\b(github\.event\.|github\.head_ref|inputs\.)/.test(script))
    faults.push('puts what others wrote into a script: hand it over by env');
  if (/\$\{\{[^}]*\bsecrets\./.test(script)) faults.push('puts a secret into a script, where it may be printed');
  if (/\bset -[a-z]*x|\bprintenv\b|^\s*env\s*$/m.test(script)) faults.push('prints its environment');
  return faults;
}
