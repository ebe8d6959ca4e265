const tags = ['internal'];

const readiness = {
  type: 'object',
  required: ['status', 'checks'],
  properties: {
    status: { type: 'string', enum: ['ready', 'not ready', 'draining'] },
    checks: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'kind', 'status', 'durationMs'],
        properties: {
          name: { type: 'string' },
          kind: { type: 'string', enum: ['required', 'informative'] },
          status: { type: 'string', enum: ['ok', 'failed'] },
          durationMs: { type: 'number' },
          reason: { type: 'string' },
        },
      },
    },
  },
};

export const livezSchema = {
  tags,
  summary: 'Whether the process answers; never looks at dependencies',
  response: {
    200: {
      description: 'Alive',
      type: 'object',
      required: ['status'],
      properties: { status: { type: 'string', const: 'alive' } },
    },
  },
};

export const readyzSchema = {
  tags,
  summary: 'Whether this task should get requests, with each check',
  response: {
    200: { description: 'Ready', ...readiness },
    503: { description: 'A required check fails, or the task is draining', ...readiness },
  },
};
