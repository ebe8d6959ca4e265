import { type Static, type TObject, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { describeExpectation } from './expectation.ts';

/** Thrown when the environment does not fit; `faults` has one plain sentence for each variable that is wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The configuration is wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/**
 * Reads the variables that `schema` names from `environment` (usually `process.env`); others are ignored.
 * An empty variable counts as absent. Text becomes a number or a boolean where the schema wants one, and defaults apply.
 * A property with `secret: true` is never quoted in a fault.
 * Throws ConfigError with every fault at once, so that one failed start tells all there is to correct.
 */
export function parseConfig<S extends TObject>(
  schema: S,
  environment: Readonly<Record<string, string | undefined>>,
): Static<S> {
  const config: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [name, property] of Object.entries<TSchema>(schema.properties)) {
    const text = environment[name] || undefined;
    if (text !== undefined) {
      const value = readings(text).find((candidate) => Value.Check(property, candidate));
      if (value === undefined)
        faults.push(`${name} ${quote(text, property)}, expected ${describeExpectation(property)}`);
      else config[name] = value;
    } else if ('default' in property) {
      config[name] = property.default;
    } else if (!Type.IsOptional(property)) {
      faults.push(`${name} is not set, expected ${describeExpectation(property)}`);
    }
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return config as Static<S>;
}

/** What a variable's text may mean; the schema picks the first that fits, so text stays text where text is wanted. */
function readings(text: string): unknown[] {
  if (text === 'true' || text === 'false') return [text, text === 'true'];
  const number = Number(text);
  const exact = !Number.isInteger(number) || Number.isSafeInteger(number);
  return /^-?\d+(\.\d+)?$/.test(text) && exact ? [text, number] : [text];
}

function quote(text: string, property: TSchema): string {
  return 'secret' in property && property.secret ? 'has a value that does not fit (not shown)' : `is "${text}"`;
}
