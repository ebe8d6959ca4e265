import { execFileSync } from 'node:child_process';

/** Containers, volumes and networks of a compose project that Docker still knows. */
export function leftovers(project: string): string[] {
  const filter = `--filter=label=com.docker.compose.project=${project}`;
  return [
    ['ps', '--all', '--format={{.Names}}', filter],
    ['volume', 'ls', '--format={{.Name}}', filter],
    ['network', 'ls', '--format={{.Name}}', filter],
  ].flatMap((command) => execFileSync('docker', command, { encoding: 'utf8' }).split('\n').filter(Boolean));
}
