/** A word of HAProxy's configuration language in which nothing has a special meaning. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** A comment of one or more lines, and the lines that it explains, both indented as in a section. */
export function explained(comment: string, ...lines: readonly string[]): string {
  return [...comment.split('\n').map((line) => `# ${line}`), ...lines].map((line) => `  ${line}`).join('\n');
}
