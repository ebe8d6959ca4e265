/** The path as it came, whatever a rule makes of it later. */
export const PATH_VARIABLE = 'txn.path';

/** The service whose rule matched first. */
export const SERVICE_VARIABLE = 'txn.service';

/** The trace header for the next hop. */
export const TRACE_VARIABLE = 'txn.trace';

/** Set when an answer of status 503 is to stay one: a target's own, or the one that says that there is no target. */
export const ANSWERED_VARIABLE = 'txn.answered';
