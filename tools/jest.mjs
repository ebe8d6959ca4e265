// Runs Jest for the project in the current folder. ES modules in Jest need a flag of Node, and a script line that names it
// would have to be repeated in every project.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const local = (path) => fileURLToPath(new URL(path, root));
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    local('node_modules/jest/bin/jest.js'),
    `--config=${local('jest.config.json')}`,
    `--rootDir=${process.cwd()}`,
    `--globalSetup=${local('tools/jest-setup.mjs')}`,
    `--globalTeardown=${local('tools/jest-teardown.mjs')}`,
    '--json',
    `--outputFile=${process.env.TEST_RESULTS_FILE ?? '.test-results.json'}`,
    ...process.argv.slice(2),
  ],
  { stdio: ['inherit', 'ignore', 'inherit'] },
);
process.exit(status ?? 1);
