/**
 * Writes Protocol Buffers (proto3 wire format) into memory that it is given. Spans are made of short ASCII strings, so
 * bytes are copied by loops: for those a loop is several times faster than a call into `Buffer`.
 */
export class ProtobufWriter {
  readonly memory: Buffer<ArrayBuffer>;
  at = 0;

  constructor(bytes: number) {
    this.memory = Buffer.allocUnsafeSlow(bytes);
  }

  /** Field number and wire type in one byte: for fields 1 to 15. */
  tag(field: number, wireType: number): void {
    this.memory[this.at++] = (field << 3) | wireType;
  }

  varint(value: number): void {
    if (value < 0) {
      this.#bigVarint(BigInt.asUintN(64, BigInt(value)));
      return;
    }
    let rest = value;
    while (rest >= 0x80) {
      this.memory[this.at++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.memory[this.at++] = rest;
  }

  /** Nanoseconds as fixed64: more than a double can hold, so the halves are computed apart. */
  nanoseconds([seconds, nanoseconds]: readonly [number, number]): void {
    const upper = Math.floor(seconds / 0x10000) * 1e9;
    const lower = (seconds % 0x10000) * 1e9 + nanoseconds;
    const low = (upper % 0x10000) * 0x10000 + (lower % 0x100000000);
    this.memory.writeUInt32LE(low % 0x100000000, this.at);
    const high = Math.floor(upper / 0x10000) + Math.floor(lower / 0x100000000) + (low >= 0x100000000 ? 1 : 0);
    this.memory.writeUInt32LE(high, this.at + 4);
    this.at += 8;
  }

  double(value: number): void {
    this.memory.writeDoubleLE(value, this.at);
    this.at += 8;
  }

  fixed32(value: number): void {
    this.memory.writeUInt32LE(value, this.at);
    this.at += 4;
  }

  /** Bytes given in lower-case hex, with their length. */
  hex(text: string): void {
    this.memory[this.at++] = text.length / 2;
    for (let index = 0; index < text.length; index += 2) {
      this.memory[this.at++] = (nibble(text.charCodeAt(index)) << 4) | nibble(text.charCodeAt(index + 1));
    }
  }

  /** Text with its length. Throws a RangeError when the memory might not hold it and what follows it. */
  string(text: string): void {
    if (this.at + text.length * 3 + slackBytes > this.memory.length) throw new RangeError('The memory is full');
    const start = this.at;
    if (text.length < 0x80) {
      this.at += 1;
      for (let index = 0; index < text.length; index++) {
        const unit = text.charCodeAt(index);
        if (unit >= 0x80) break;
        this.memory[this.at++] = unit;
      }
      if (this.at - start - 1 === text.length) {
        this.memory[start] = text.length;
        return;
      }
    }
    this.at = start;
    this.varint(Buffer.byteLength(text));
    this.at += this.memory.write(text, this.at);
  }

  /** Starts a nested message; its end goes to `close`. Two bytes are kept for the length, longer ones make room. */
  open(): number {
    this.at += 2;
    return this.at;
  }

  close(start: number): void {
    const length = this.at - start;
    if (length < 0x4000) {
      // A length may be written longer than it must be: that spares moving the message.
      this.memory[start - 2] = (length & 0x7f) | 0x80;
      this.memory[start - 1] = length >> 7;
      return;
    }
    const moved = length < 0x200000 ? 1 : 2;
    this.memory.copyWithin(start + moved, start, this.at);
    this.at = start - 2;
    this.varint(length);
    this.at += length;
  }

  #bigVarint(value: bigint): void {
    let rest = value;
    while (rest >= 0x80n) {
      this.memory[this.at++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.memory[this.at++] = Number(rest);
  }
}

/** No field between two strings is longer than this. */
const slackBytes = 128;

function nibble(unit: number): number {
  return unit <= 0x39 ? unit - 0x30 : unit - 0x57;
}
