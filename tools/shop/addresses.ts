/** The port of each part of a local shop, in the order in which they start; they stop in the opposite order. */
export const ports = {
  dynamodb: 8000,
  'dev-issuer': 3000,
  'sandbox-gateway': 3004,
  payment: 3003,
  catalog: 3001,
  order: 3002,
  'front-door': 8080,
} as const;

export type PartName = keyof typeof ports;

/** The address at which the parts reach each other. */
export function urlOf(part: PartName): string {
  return `http://127.0.0.1:${ports[part]}`;
}

/** The address that people type. */
export function publicUrlOf(part: PartName): string {
  return `http://localhost:${ports[part]}`;
}
