// npm run infra:deploy
import type { JsonObject } from '../infra-check/resolve/json.ts';
import type { Deployment } from '../infra-check/resolve/resolve-chapters.ts';
import { checkTag } from './build-tag.ts';
import { root, runCommand, textOf, type Values } from './command.ts';
import { deployLayers } from './deploy-layers.ts';
import { deployNested, readyRoot } from './deploy-nested.ts';
import { goBack } from './go-back.ts';
import { currentCommit, repositoriesOf } from './images.ts';
import { imagesFirst, pushMissing } from './images-first.ts';
import { imagesOf, readImages, writeImages } from './kept-images.ts';
import { layersOf, optionalLayers } from './layers.ts';
import { checkAccess, ensureServiceLinkedRole } from './preflight.ts';
import { readyLayers } from './ready-layers.ts';
import { refuseOtherWay } from './refuse-other-way.ts';
import { isShared, type Target } from './target.ts';

const USAGE = `Usage: npm run infra:deploy -- [--profile NAME] [--layer NAME | --nested] [--image-tag TAG] [--skip-push]

Makes the shop on AWS, or brings it up to date: each template of infra/templates is a stack, deployed by a change set after
those whose outputs it needs. What is up to date stays as it is, so a deployment that broke off is simply started again.
Images are built for linux/arm64 and pushed once there are repositories, before anything else is made, and run by their digests
(with --nested by the tag). What it makes costs money until infra:destroy.

  --layer NAME      only this template, such as network, or one service's part, such as service-order
                    Only by name: ${Object.keys(optionalLayers).join(', ')}
  --nested          one stack of stacks by root.yaml in place of the layers, after the registry; the templates that it nests go
                    into a bucket of its own. Both ways give things the same names, so there is one of them at a time
  --image-tag TAG   the build to run (default: the commit that is checked out, which must hold all changes; with --layer: the
                    image that runs). A tag like a commit is built from that commit only; any other is yours to keep apart
  --skip-push       the images are in the repositories already
  --save-images F   write to the file F, before anything changes, which images run
  --images F        go back to the images of such a file, and change nothing else: templates and other parameters stay those
                    that the stacks have. An update that is still going on is cancelled
  --role-arn ARN    the role that CloudFormation works with (default: your own rights)`;

await runCommand(
  USAGE,
  {
    layer: { type: 'string' },
    nested: { type: 'boolean', default: false },
    'image-tag': { type: 'string' },
    'skip-push': { type: 'boolean', default: false },
    'save-images': { type: 'string' },
    images: { type: 'string' },
    'role-arn': { type: 'string' },
  },
  async (target, values) => {
    const layer = textOf(values, 'layer');
    const layers = layersOf(target.templates, target.profile, layer);
    const isNested = values.nested === true;
    const roleArn = textOf(values, 'role-arn');
    const skipPush = values['skip-push'] === true;
    const saveTo = textOf(values, 'save-images');
    const backTo = textOf(values, 'images');
    if (isNested && (layer !== undefined || backTo || saveTo))
      throw new Error('--nested makes all layers at once, by one tag: leave --layer, --images and --save-images out.');
    if (backTo) return goBackTo(target, backTo, values, layers);
    const imageTag = textOf(values, 'image-tag') ?? (layer === undefined ? currentCommit(root) : undefined);
    if (imageTag !== undefined) checkTag(imageTag);
    const access = await checkAccess(target);
    await refuseOtherWay(target, layers, isNested);
    const whole = isNested ? await readyRoot(target) : undefined;
    const ready = whole ? layers.filter(({ name }) => isShared(name)) : await readyLayers(target, layers);
    console.log(
      `Deploying ${target.profile.name} to ${access}${imageTag === undefined ? '' : `, images ${imageTag}`}\n`,
    );
    if (saveTo) writeImages(saveTo, await imagesOf(target, layers));
    await ensureServiceLinkedRole(target, console.log);
    const outputs = await deployLayers(target, ready, {
      imageTag,
      roleArn,
      tell: console.log,
      before: imagesFirst(target, ready, imageTag, skipPush),
    });
    if (whole && imageTag !== undefined) {
      await pushMissing(target, repositoriesOf(root, outputs), imageTag, skipPush);
      Object.assign(outputs, await deployNested(target, whole, { imageTag, roleArn, tell: console.log }));
    }
    console.log(`\n${whatNext(target.profile.name, outputs)}`);
  },
);

async function goBackTo(target: Target, file: string, values: Values, layers: readonly Deployment[]): Promise<void> {
  if (textOf(values, 'image-tag') !== undefined)
    throw new Error('Images are those of --images or of --image-tag, not of both.');
  const saved = readImages(file);
  if (saved === undefined)
    return console.log(`There is no file ${file}. --save-images writes it first of all, so nothing was changed.`);
  const isMeant = ([name]: [string, unknown]) =>
    textOf(values, 'layer') === undefined || layers.some((layer) => layer.name === name);
  const images = Object.fromEntries(Object.entries(saved).filter(isMeant));
  if (Object.keys(images).length === 0)
    return console.log('No layer ran any image before, so there is nothing to go back to.');
  console.log(`Going back to the images of ${file} in ${target.profile.name}, ${await checkAccess(target)}\n`);
  await goBack(target, images, { roleArn: textOf(values, 'role-arn'), tell: console.log });
}

function whatNext(profile: string, outputs: JsonObject): string {
  const address = outputs.AlbUrl === undefined ? [] : [`The shop answers at ${outputs.AlbUrl}`];
  return [
    ...address,
    `npm run infra:status -- --profile ${profile}    what runs`,
    `npm run infra:pause -- --profile ${profile}     stops the tasks and keeps the data`,
    `npm run infra:destroy -- --profile ${profile}   removes everything`,
  ].join('\n');
}
