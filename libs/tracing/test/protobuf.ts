/** What a message says without its schema: by field number, numbers as bigint, nested messages and strings as bytes. */
export function decodeFields(message: Buffer): Map<number, (bigint | Buffer)[]> {
  const fields = new Map<number, (bigint | Buffer)[]>();
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++];
      if (byte === undefined) throw new RangeError('The message ends within a number');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number) => {
    at += length;
    if (at > message.length) throw new RangeError('The message ends within a field');
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const tag = Number(varint());
    const wireType = tag & 7;
    if (![0, 1, 2, 5].includes(wireType)) throw new Error(`Wire type ${wireType}`);
    const value =
      wireType === 0
        ? varint()
        : wireType === 1
          ? take(8).readBigUInt64LE()
          : wireType === 5
            ? BigInt(take(4).readUInt32LE())
            : take(Number(varint()));
    fields.set(tag >> 3, [...(fields.get(tag >> 3) ?? []), value]);
  }
  return fields;
}

/** The messages in a field, and the messages in their field, and so on along the path. */
export function messagesAt(message: Buffer, ...path: number[]): Buffer[] {
  return path.reduce(
    (messages, field) => messages.flatMap((one) => (decodeFields(one).get(field) ?? []) as Buffer[]),
    [message],
  );
}

/** Names which fields of which message hold messages, so that two encodings can be compared whole. */
export type Shape = { [field: number]: Shape };

/** Everything in the message but zeros and empty messages, which proto3 may leave out. */
export function decodeWhole(message: Buffer, shape: Shape): Record<string, unknown[]> {
  const whole: Record<string, unknown[]> = {};
  for (const [field, values] of decodeFields(message)) {
    const nested = shape[field];
    const decoded = values.map((value) => {
      if (typeof value === 'bigint') return value;
      return nested ? decodeWhole(value, nested) : value.toString('hex');
    });
    const said = decoded.filter((value) =>
      typeof value === 'object' ? Object.keys(value).length > 0 : Boolean(value),
    );
    if (said.length > 0) whole[field] = said;
  }
  return whole;
}
