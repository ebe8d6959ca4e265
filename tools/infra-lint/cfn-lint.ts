import type { Finding, Subject } from './finding.ts';
import { complaint, runTool } from './run-tool.ts';

const START = 'import sys; from cfnlint.runner import main; sys.exit(main())';
// Errors and warnings, also those that a template itself wants to be ignored: there is one list of what is.
const LEVELS = ['E', 'W'];

type Match = { Filename: string; Message: string; Location: { Path?: (string | number)[] }; Rule: { Id: string } };

/** What cfn-lint says. Rejects when it could not look. */
export async function lint(python: string, subjects: readonly Subject[]): Promise<Finding[]> {
  const files = subjects.map(({ file }) => file);
  const options = ['--format', 'json', '--non-zero-exit-code', 'none', '--mandatory-checks', ...LEVELS];
  const ended = await runTool(python, ['-c', START, ...options, '--', ...files]);
  if (ended.code !== 0) throw new Error(`cfn-lint ended with ${ended.code}.\n${complaint(ended)}`);
  return (JSON.parse(ended.stdout) as Match[]).map(({ Filename, Message, Location, Rule }) => {
    const subject = subjects.find(({ file }) => file === Filename);
    if (!subject) throw new Error(`cfn-lint found something in ${Filename}, which it was not asked about.`);
    const [section, member] = Location.Path ?? [];
    const place = String(section === 'Resources' ? member : (section ?? 'the file'));
    return { checker: 'cfn-lint', rule: Rule.Id, subject, place, message: Message };
  });
}
