import { isPerService } from '../infra-check/resolve/deployment-order.ts';
import { at, isObject, type Json, type JsonObject, listAt, textAt } from '../infra-check/resolve/json.ts';
import { profileNames, readProfile, readTemplates } from '../infra-check/resolve/read-infra.ts';
import type { Template } from '../infra-check/resolve/read-template.ts';
import type { Profile } from '../infra-check/resolve/resolve-chapters.ts';

const HEAD = `# Parameters

Generated from [templates](templates) and [params](params) by \`npm run generate\`. What a profile leaves empty has its default,
or comes from the outputs of the layers before.
`;

/** The text of infra/PARAMETERS.md: a table for each template, by name. */
export function parameterTables(root: string): string {
  const profiles = profileNames.map((name) => readProfile(root, name));
  return [HEAD, ...readTemplates(root).map((template) => section(template, profiles))].join('\n');
}

function section(template: Template, profiles: readonly Profile[]): string {
  const parameters = at(template.body, 'Parameters');
  const rows = Object.entries(isObject(parameters) ? parameters : {}).map(([name, declaration]) => [
    code(name),
    defaultOf(declaration),
    allowedBy(declaration),
    textAt(declaration, 'Description') ?? '',
    ...profiles.map((profile) => valuesOf(template, name, profile)),
  ]);
  const head = ['parameter', 'default', 'allowed', 'meaning', ...profiles.map(({ name }) => name)];
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escaped).join(' | ')} |`);
  return [`## [${template.name}](templates/${template.name}.yaml)`, '', ...lines, ''].join('\n');
}

function defaultOf(declaration: Json): string {
  const value = at(declaration, 'Default');
  if (value === undefined) return 'required';
  return value === '' ? 'empty' : code(value);
}

function allowedBy(declaration: Json): string {
  const values = listAt(declaration, 'AllowedValues');
  const pattern = textAt(declaration, 'AllowedPattern');
  const [least, most] = [at(declaration, 'MinValue'), at(declaration, 'MaxValue')];
  if (values.length > 0) return values.map(code).join(', ');
  if (pattern !== undefined) return `like ${code(pattern)}`;
  if (least === undefined) return '';
  return most === undefined ? `from ${least}` : `${least} to ${most}`;
}

/** What a profile says; of a template that is deployed for each service, by service where they differ. */
function valuesOf(template: Template, parameter: string, { values }: Profile): string {
  if (!isPerService(template.name)) return valueIn(at(values, template.name), parameter);
  const services = Object.entries(at(values, 'service') as JsonObject);
  const each = services.map(([name, own]) => ({ name, value: valueIn(own, parameter) }));
  if (new Set(each.map(({ value }) => value)).size === 1) return each[0]?.value ?? '';
  return each.flatMap(({ name, value }) => (value === '' ? [] : [`${name}: ${value}`])).join(', ');
}

function valueIn(values: Json | undefined, parameter: string): string {
  const value = at(values, parameter);
  return value === undefined ? '' : code(value);
}

function code(value: Json): string {
  return `\`${String(value)}\``;
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
