import type { Json, JsonObject } from './json.ts';
import type { Template } from './read-template.ts';

/** A resource that its condition lets in, with plain JSON for properties. */
export type Resource = {
  /** `network/Vpc`: unique in the shop. */
  key: string;
  stack: string;
  id: string;
  type: string;
  properties: JsonObject;
  /** The whole resource: DependsOn, DeletionPolicy and so on. */
  body: JsonObject;
};

/** What could not be resolved; the rules P-1 and O-1 make findings of it. */
export type Fault = { kind: 'parameter' | 'wiring'; message: string; where: string };

export type Stack = {
  /** The template's name, with `-catalog` and so on where a template is deployed several times. */
  name: string;
  template: Template;
  parameters: { [name: string]: Json };
  conditions: { [name: string]: boolean };
  resources: Resource[];
  outputs: { [name: string]: Json };
  faults: Fault[];
};

/** All stacks of one profile. `chapters`: each deployed by itself, wired by equal names; `nested`: by root.yaml. */
export type Shop = { profile: string; mode: 'chapters' | 'nested'; stacks: Stack[]; faults: Fault[] };
