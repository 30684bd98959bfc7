import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { ClosingCount } from "@regulars/core/deals/closing-count";
import { type ClosingSpan, closingPlace } from "@regulars/core/deals/closing-span";
import { type ClosedOutcome, closingSchema } from "@regulars/core/deals/deal";
import type { PlanId } from "@regulars/core/platform/ids";
import type { Operations } from "../engine/operations.ts";
import { wirePages, wireValues } from "../engine/wire.ts";
import { LAST } from "./column-range.ts";

/** Closed outcomes that lie together in an index of the table. */
interface ClosingPartition {
  readonly index: "g1" | "g2";
  readonly partition: string;
}

/** They, from `from` to `to` (excluded), latest first; the one at `after` is read and skipped. */
export async function* closingsIn(
  { table, usage }: Operations,
  place: ClosingPartition,
  span: ClosingSpan,
): AsyncGenerator<ClosedOutcome> {
  const { after = LAST, page } = span;
  const query = queryOf(place, span);
  if (query === undefined) return;
  for await (const items of wirePages(table, query, usage, page === undefined ? [] : [page]))
    for (const item of items) {
      const closing = rowAs(closingSchema, wireValues(item));
      if (closingPlace(closing) < after) yield closing;
    }
}

/** What a count tells of a closing that is lost. */
const clarifiedSchema = closingSchema.pick({ managerId: true, reasonId: true, clarification: true });

/** The lost ones of a plan that have a clarification and were not cancelled: nothing else of them is sent. */
export async function* clarifiedIn(
  { table, usage }: Operations,
  partition: string,
  { planId, ...span }: ClosingSpan & { readonly planId: PlanId },
): AsyncGenerator<ClosingCount> {
  const query = queryOf({ index: "g1", partition }, span);
  if (query === undefined) return;
  const clarified = {
    ...query,
    ProjectionExpression: "managerId, reasonId, clarification",
    FilterExpression: "kind = :lost AND attribute_exists(clarification) AND attribute_not_exists(cancelled)",
    ExpressionAttributeValues: { ...query.ExpressionAttributeValues, ":lost": { S: "lost" } },
  };
  for await (const items of wirePages(table, clarified, usage))
    for (const item of items)
      yield { planId, outcome: "lost", count: 1, sums: {}, ...rowAs(clarifiedSchema, wireValues(item)) };
}

/** The query of a span; `undefined` where it is empty. */
function queryOf({ index, partition }: ClosingPartition, { from, to, after }: ClosingSpan) {
  const first: string = from ?? "0";
  // A closing exactly at `to` has more text after the time, so that it sorts after it.
  const last = [to ?? LAST, after ?? LAST].reduce((one, other) => (other < one ? other : one));
  if (first > last) return undefined;
  return {
    IndexName: index === "g1" ? "gsi1" : "gsi2",
    KeyConditionExpression: `${index}p = :partition AND ${index}s BETWEEN :from AND :to`,
    ExpressionAttributeValues: { ":partition": { S: partition }, ":from": { S: first }, ":to": { S: last } },
    ScanIndexForward: false,
  };
}
