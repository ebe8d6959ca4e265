import { docker } from '../containers/docker.ts';

/** Containers, volumes and networks of a compose project that Docker still knows. */
export async function leftovers(project: string): Promise<string[]> {
  const filter = `--filter=label=com.docker.compose.project=${project}`;
  const answers = [
    await docker('ps', '--all', '--format={{.Names}}', filter),
    await docker('volume', 'ls', '--format={{.Name}}', filter),
    await docker('network', 'ls', '--format={{.Name}}', filter),
  ];
  return answers.flatMap((answer) => answer.split('\n').filter(Boolean));
}
