// Prints the npm options that name a project and all workspaces that it is made of: npm's list of packages would leave out
// what they bring along.
import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

const manifests = globSync('{apps,docker,libs}/*/package.json').map((file) => ({
  folder: dirname(file),
  ...JSON.parse(readFileSync(file, 'utf8')),
}));
const found = new Map();
collect(manifests.find(({ folder }) => folder === process.argv[2]));
process.stdout.write([...found.keys()].map((name) => `--workspace=${name}`).join(' '));

function collect(manifest) {
  if (!manifest) throw new Error(`There is no project ${process.argv[2]}`);
  if (found.has(manifest.name)) return;
  found.set(manifest.name, manifest);
  const names = Object.keys(manifest.dependencies ?? {});
  for (const each of manifests) if (names.includes(each.name)) collect(each);
}
