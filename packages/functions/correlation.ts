import { AsyncLocalStorage } from "node:async_hooks";

const running = new AsyncLocalStorage<string>();

/**
 * Does work under the id of what set it off: an API request, a tick, a message. Every line logged meanwhile carries the
 * id, and every message sent, so that one search finds a request, the nightly run it asked for and the deliveries of that night.
 */
export const correlated = <T>(id: string, work: () => T): T => running.run(id, work);

/** The id of what set off the work that is being done. */
export const correlationId = (): string | undefined => running.getStore();

/** The name of the message attribute that carries it. */
export const CORRELATION = "correlationId";
