// Ends each installation. npm 12 skips install scripts that are not allowed, and then every script would quietly run on the
// machine's own Node: this makes such an install fail instead.
import { fileURLToPath } from 'node:url';
import { stampInstall } from './install-stamp.mjs';

const major = Number(process.versions.node.split('.')[0]);
if (major !== 24) {
  process.stderr.write(
    `fargate-shop runs on Node 24, but its scripts got Node ${process.versions.node}.\n` +
      'The npm package "node" was not installed with its install script. Run: npm ci --ignore-scripts=false\n',
  );
  process.exit(1);
}
stampInstall(fileURLToPath(new URL('..', import.meta.url)));
