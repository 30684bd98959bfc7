import { AsyncLocalStorage } from "node:async_hooks";

const running = new AsyncLocalStorage<string>();

/**
 * Runs work under the id of its origin: an API request, a tick or a message. Every line logged and every message sent
 * meanwhile has the id, so that one search finds a request, the nightly run that it started and that run's deliveries.
 */
export const correlated = <T>(id: string, work: () => T): T => running.run(id, work);

/** The id of the current work's origin. */
export const correlationId = (): string | undefined => running.getStore();

/** The message attribute with the id. */
export const CORRELATION = "correlationId";
