import { type Static, Type } from 'typebox';

// What we read of the answers of the Docker Engine API (https://docs.docker.com/reference/api/engine/).

export const EngineVersion = Type.Object({ ApiVersion: Type.String() });

const NetworkEndpoint = Type.Object({
  NetworkID: Type.String(),
  IPAddress: Type.String(),
  IPPrefixLen: Type.Integer(),
  Gateway: Type.String(),
  MacAddress: Type.String(),
});
export type NetworkEndpoint = Static<typeof NetworkEndpoint>;
const NetworkSettings = Type.Object({ Networks: Type.Record(Type.String(), NetworkEndpoint) });

export const ListedContainers = Type.Array(Type.Object({ Id: Type.String(), NetworkSettings }));
export type ListedContainer = Static<typeof ListedContainers>[number];

export const InspectedContainer = Type.Object({
  Id: Type.String(),
  /** With a slash before it. */
  Name: Type.String(),
  Created: Type.String(),
  Image: Type.String({ description: 'The id.' }),
  Driver: Type.String(),
  State: Type.Object({ Running: Type.Boolean(), StartedAt: Type.String() }),
  Config: Type.Object({
    Image: Type.String({ description: 'As it was asked for.' }),
    Labels: Type.Union([Type.Record(Type.String(), Type.String()), Type.Null()]),
  }),
  HostConfig: Type.Object({
    /** Billionths of a CPU; 0 is no limit. */
    NanoCpus: Type.Integer(),
    /** Bytes; 0 is no limit. */
    Memory: Type.Integer(),
    LogConfig: Type.Object({
      Type: Type.String(),
      Config: Type.Union([Type.Record(Type.String(), Type.String()), Type.Null()]),
    }),
  }),
  NetworkSettings,
});
export type InspectedContainer = Static<typeof InspectedContainer>;

/** The rest of the members is passed on unread. */
export const EngineStats = Type.Object({
  read: Type.String(),
  preread: Type.String(),
  cpu_stats: Type.Object({}),
  precpu_stats: Type.Object({}),
  memory_stats: Type.Object({}),
  networks: Type.Optional(
    Type.Record(Type.String(), Type.Object({ rx_bytes: Type.Number(), tx_bytes: Type.Number() })),
  ),
});
export type EngineStats = Static<typeof EngineStats>;
