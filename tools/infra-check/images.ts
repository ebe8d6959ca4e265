import { type Json, textAt } from './resolve/json.ts';
import type { Resource } from './resolve/stack.ts';
import type { ShopIndex } from './shop-index.ts';
import { repositoryOf } from './tasks.ts';

/** The repository of the shop that holds an image; undefined for images of others. */
export function repositoryFor(image: Json | undefined, shop: ShopIndex): Resource | undefined {
  const text = String(image);
  const named = repositoryOf(text);
  return (
    shop.targets(text).find(({ type }) => type === 'AWS::ECR::Repository') ??
    repositories(shop).find((each) => nameOfRepository(each) === named)
  );
}

/** `order` for the image of `fargate-shop/order`: the folder of the app that is in it. */
export function appOf(image: Json | undefined, shop: ShopIndex): string | undefined {
  const repository = repositoryFor(image, shop);
  const name = repository ? nameOfRepository(repository) : undefined;
  if (name !== undefined) return name.split('/').at(-1);
  const written = repositoryOf(String(image));
  return written.startsWith('fargate-shop/') ? written.split('/').at(-1) : undefined;
}

export function nameOfRepository(repository: Resource): string {
  return textAt(repository.properties, 'RepositoryName') ?? '';
}

export function repositories(shop: ShopIndex): Resource[] {
  return shop.ofType('AWS::ECR::Repository');
}
