import type { DomainEvent } from "@regulars/core/platform/domain-event";
import type { TransactWrite } from "./transact-write.ts";

/**
 * The named writes that a subscriber adds to the transaction of an event. Events of one transaction share a write of
 * the same name.
 */
export type EventSubscriber = (event: DomainEvent) => Iterable<readonly [string, TransactWrite]>;

/** One subscriber of several. */
export const subscribers =
  (...given: readonly EventSubscriber[]): EventSubscriber =>
  (event) =>
    given.flatMap((subscriber) => [...subscriber(event)]);

/** The subscribers' writes for the events of one record. */
export const eventWrites = (
  subscriber: EventSubscriber,
  events: readonly DomainEvent[],
): ReadonlyMap<string, TransactWrite> => new Map(events.flatMap((event) => [...subscriber(event)]));
