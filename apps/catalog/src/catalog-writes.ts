import { productWrites } from './product-store.ts';
import { reservationWrites } from './reservation-store.ts';

/** The name of every write of this service, for crash tests: none can be forgotten, because no other compiles. */
export const catalogWrites = [...productWrites, ...reservationWrites] as const;
