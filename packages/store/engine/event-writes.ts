import type { DomainEvent } from "@regulars/core/platform/domain-event";
import type { TransactWrite } from "./operations.ts";

/**
 * What a subscriber writes in the transaction that an event comes from, by name. Events of one transaction that give the
 * same name share one write.
 */
export type EventSubscriber = (event: DomainEvent) => Iterable<readonly [string, TransactWrite]>;

/** The subscribers' writes for the events of one record. */
export const eventWrites = (
  subscriber: EventSubscriber,
  events: readonly DomainEvent[],
): ReadonlyMap<string, TransactWrite> => new Map(events.flatMap((event) => [...subscriber(event)]));
