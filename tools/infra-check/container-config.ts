import { ConfigError, parseConfig } from '@shop/config';
import type { Facts } from './facts.ts';
import { appOf } from './images.ts';
import type { JsonObject } from './resolve/json.ts';
import type { ShopIndex } from './shop-index.ts';
import { environmentOf } from './tasks.ts';

/** What the code in a container makes of its environment; `faults` as the service would tell them when it starts. */
export type ContainerConfig = {
  app: string;
  values: { [name: string]: unknown };
  names: string[];
  faults: readonly string[];
};

/** Undefined for containers with images of others. */
export function configOf(container: JsonObject, shop: ShopIndex, facts: Facts): ContainerConfig | undefined {
  const app = appOf(container.Image, shop);
  const schema = app === undefined ? undefined : facts.configs[app];
  if (app === undefined || schema === undefined) return undefined;
  const environment = Object.fromEntries(
    // Only AWS knows what a token stands for; the code gets a text.
    Object.entries(environmentOf(container)).map(([name, value]) => [name, value.replace(/<[^>]*>/g, 'token')]),
  );
  const names = Object.keys(schema.properties);
  try {
    return { app, values: parseConfig(schema, environment), names, faults: [] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { app, values: {}, names, faults: error.faults };
  }
}
