/**
 * Prints the usage and ends the process with code 0 when its arguments ask for help by --help or -h. For commands that begin
 * their work at once, and for those that hand their arguments on.
 */
export function answerHelp(usage: string): void {
  const wanted = process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h');
  if (!wanted) return;
  console.log(usage);
  process.exit(0);
}
