import { docker } from '../containers/docker.ts';

const IMAGE = process.env.HAPROXY_IMAGE || 'haproxy:3.0';

export type Balancer = {
  url: string;
  port: number;
  /** A command of HAProxy's runtime API, as somebody inside the container gives it. */
  command(line: string): Promise<string>;
  /** The places of a group that have a target. */
  targets(group: string): Promise<{ name: string; address: string; isUp: boolean }[]>;
};

/** Starts HAProxy as the compose file does, with the files of a folder. */
export async function startBalancer(
  network: string,
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Balancer & { remove(): Promise<void> }> {
  const rights = ['--user', '99', '--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'];
  const place = [
    '--network',
    network,
    '--publish',
    '127.0.0.1::8080',
    '--volume',
    `${folder}:/usr/local/etc/haproxy:ro`,
  ];
  const settings = Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const id = await docker('run', '--detach', ...rights, ...place, ...settings, IMAGE);
  const address = await docker('port', id, '8080/tcp');
  const command = (line: string) =>
    docker('exec', id, 'bash', '-c', 'exec 3<>/dev/tcp/127.0.0.1/9999; echo "$0" >&3; cat <&3', line);
  return {
    url: `http://${address}`,
    port: Number(address.split(':').at(-1)),
    command,
    async targets(group) {
      const rows = (await command(`show servers state ${group}`)).split('\n').map((row) => row.split(' '));
      return rows
        .filter((row) => row[1] === group && row[4] !== '-')
        .map(([, , , name = '', address = '', state]) => ({ name, address, isUp: state === '2' }));
    },
    remove: async () => void (await docker('rm', '--force', '--volumes', id)),
  };
}
