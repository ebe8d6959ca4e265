import { execFile } from 'node:child_process';

const TIMEOUT_MS = 60_000;

/** What Node says of its compile cache when it starts the image's app, which here is told too much nonsense to go on. */
export function compileCacheReport(image: string): Promise<string> {
  const settings = [
    '--read-only',
    '--cap-drop=ALL',
    '--network=none',
    '--env=NODE_DEBUG_NATIVE=COMPILE_CACHE',
    '--env=PORT=none',
  ];
  return new Promise((resolve) => {
    execFile('docker', ['run', '--rm', ...settings, image], { timeout: TIMEOUT_MS }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}
