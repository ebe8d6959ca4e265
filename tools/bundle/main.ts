// Bundles one app: node tools/bundle/main.ts apps/order FOLDER
import { join } from 'node:path';
import { bundle } from './bundle.ts';

const [project, outFolder] = process.argv.slice(2);
if (!project || !outFolder) {
  console.error('Usage: node tools/bundle/main.ts PROJECT FOLDER, such as apps/order dist/order');
  process.exit(1);
}
const { bytes } = await bundle({ project, outFolder, root: join(import.meta.dirname, '../..') });
console.log(`${project}: ${(bytes / 1e6).toFixed(1)} MB in ${outFolder}`);
