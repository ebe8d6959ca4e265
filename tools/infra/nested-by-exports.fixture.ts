import type { Json, JsonObject } from '../infra-check/resolve/json.ts';
import { pascalCase } from '../infra-check/resolve/resolve-chapters.ts';
import type { Resource, Shop, Stack } from '../infra-check/resolve/stack.ts';
import { toTemplate } from '../infra-check/resolve/to-template.ts';
import { type Token, tokenFor, tokensIn, tokensWithin } from '../infra-check/resolve/tokens.ts';
import { childOf, isNested } from './stripped-shop.fixture.ts';

const textOf = ({ stack, id, attribute }: Token) => tokenFor(stack, id, attribute);
/** One name for a value: as output and export of the stack that has it, and as parameter of those that need it. */
const nameOf = ({ stack, id, attribute = '' }: Token) => pascalCase(stack) + id + attribute.replace(/\W/g, '');

/**
 * The resolved stacks of a root as templates that moto can nest, by the names of the stacks; `urlOf` is where each will lie.
 * Parents pass on what children need from exports, since moto knows no Fn::GetAtt on a nested stack. That root.yaml passes on
 * the right outputs is what the resolver follows, and infra:check tells.
 */
export function nestedTemplates({ stacks }: Shop, urlOf: (stack: string) => string): Map<string, JsonObject> {
  const position = (resource: Resource) => stacks.findIndex(({ name }) => name === childOf(resource));
  const everyNeed = unique(stacks.flatMap(needs));

  function template(stack: Stack): JsonObject {
    // In the order in which they were resolved, which is that of their needs: moto goes through them one by one.
    const resources = [...stack.resources].sort((one, other) => position(one) - position(other)).map(withImports);
    const gives = everyNeed.filter((token) => token.stack === stack.name);
    const outputs = Object.fromEntries(gives.map((token) => [nameOf(token), textOf(token)]));
    const { Outputs, ...rest } = toTemplate({ ...stack, resources, outputs });
    return {
      ...rest,
      Parameters: Object.fromEntries(needs(stack).map((token) => [nameOf(token), { Type: 'String' }])),
      Outputs: Object.fromEntries(
        Object.entries(Outputs).map(([name, output]) => [name, { ...(output as JsonObject), Export: { Name: name } }]),
      ),
    };
  }

  function withImports(resource: Resource): Resource {
    const child = stacks.find(({ name }) => name === childOf(resource));
    if (!child) return { ...resource, body: withParameters(resource.stack, resource.body) };
    const imported = needs(child).map((token): [string, Json] => [nameOf(token), { 'Fn::ImportValue': nameOf(token) }]);
    const Properties = { TemplateURL: urlOf(child.name), Parameters: Object.fromEntries(imported) };
    return { ...resource, body: { Type: resource.type, Properties } };
  }

  return new Map(stacks.map((stack) => [stack.name, template(stack)]));
}

/** What the resources of a stack need from others. */
function needs({ name, resources }: Stack): Token[] {
  const used = resources.filter((each) => !isNested(each)).flatMap(({ body }) => tokensWithin(body));
  return unique(used.filter((token) => token.stack !== name));
}

/** What comes from another stack as a parameter of this one. */
function withParameters(stack: string, body: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(body), (_name, value) =>
    typeof value !== 'string'
      ? value
      : tokensIn(value)
          .filter((token) => token.stack !== stack)
          .reduce((text, token) => text.replaceAll(textOf(token), tokenFor(stack, nameOf(token))), value),
  );
}

function unique(tokens: readonly Token[]): Token[] {
  return [...new Map(tokens.map((token) => [textOf(token), token])).values()];
}
