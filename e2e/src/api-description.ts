import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

type Operation = { responses: Record<string, { content?: Record<string, { schema: object }> }> };
type Description = { openapi: string; paths: Record<string, Record<string, Operation>> };

/** A service's API description, and whether an answer is one that it announces. */
export async function readDescription(url: string) {
  const document = (await (await fetch(url)).json()) as Description;
  const ajv = new Ajv2020.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addFormat('iso-4217', /^[A-Z]{3}$/);

  return {
    document,
    /** The faults of an answer; none when it matches. */
    faultsOf(method: string, path: string, answer: { status: number; type: string | null; body: unknown }): string[] {
      const operation = find(document, method, path);
      if (!operation) return [`${method} ${path} is not described`];
      const response = operation.responses[answer.status] ?? operation.responses[`${String(answer.status)[0]}XX`];
      if (!response) return [`${method} ${path} does not announce ${answer.status}`];
      if (!response.content)
        return answer.body === '' ? [] : [`${method} ${path} announces ${answer.status} without a body`];
      const media = answer.type?.split(';', 1)[0] ?? '';
      const schema = response.content[media]?.schema;
      if (!schema) return [`${method} ${path} does not announce ${media} for ${answer.status}`];
      return ajv.validate(schema, answer.body) ? [] : [ajv.errorsText(ajv.errors)];
    },
  };
}

/** A path without parameters wins over one with them, as in the router. */
function find({ paths }: Description, method: string, path: string): Operation | undefined {
  const wanted = path.split('?', 1)[0] ?? '';
  const matches = Object.keys(paths)
    .filter((template) => new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(wanted))
    .sort((a, b) => a.split('{').length - b.split('{').length);
  return paths[matches[0] ?? '']?.[method.toLowerCase()];
}
