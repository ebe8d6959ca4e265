import { inspect } from 'node:util';

const PLACEHOLDER = '[secret]';

/** A secret's text, which only `reveal` gives away: as a string, in JSON, in a log line it reads `[secret]`. */
export class SecretValue {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return PLACEHOLDER;
  }

  toJSON(): string {
    return PLACEHOLDER;
  }

  [inspect.custom](): string {
    return PLACEHOLDER;
  }
}
