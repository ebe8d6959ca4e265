import { spawnSync } from 'node:child_process';

/** What Node says of its compile cache when it starts the image's app, which here lacks what it needs to go on. */
export function compileCacheReport(image: string): string {
  const settings = ['--read-only', '--cap-drop=ALL', '--network=none', '--env=NODE_DEBUG_NATIVE=COMPILE_CACHE'];
  const { stdout, stderr } = spawnSync('docker', ['run', '--rm', ...settings, image], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  return stdout + stderr;
}

/** The file names in an image's layers above its base are few; the ones asked for here must not be among them. */
export function filesOf(image: string): string[] {
  const list = "console.log(require('node:fs').readdirSync('/app', { recursive: true }).join('\\n'))";
  const { stdout } = spawnSync('docker', ['run', '--rm', '--entrypoint=/nodejs/bin/node', image, '--eval', list], {
    encoding: 'utf8',
  });
  return stdout.trim().split('\n');
}
