import { rowAs } from "@regulars/core/platform/unreadable-row";
import { isDeepStrictEqual } from "node:util";
import { dealSchema } from "@regulars/core/deals/deal";
import { ERASED } from "@regulars/core/erasure/traces";
import type { StoredItem } from "../engine/own-write.ts";
import { type Rule, changedOr, defined } from "./fate.ts";

/** A deal that is erased: its numbers stay, and count where they counted. */
function dealWithout(value: unknown): StoredItem {
  const { fields: _fields, source: _source, notUsed: _notUsed, occurredAt: _at, ...deal } = dealSchema.parse(value);
  const { clarification: _clarification, ...closing } = deal.closing ?? {};
  return { ...deal, title: ERASED, ...(deal.closing === undefined ? {} : { closing }) };
}

/** Deals with their logs and closings. */
export const dealFate: Rule = (item, at) => {
  if (!at.traces.ids.deal.has(at.rest)) return "keep";
  if (at.sk === "DEAL") {
    const blank = dealWithout(item);
    return isDeepStrictEqual(blank, rowAs(dealSchema, item)) ? "keep" : { ...indexOf(item), ...blank };
  }
  if (at.sk.startsWith("CLOSING#")) return changedOr(item, closingWithout(item));
  return changedOr(item, entryWithout(item));
};

const indexOf = ({ pk, sk, g1p, g1s, g2p, g2s }: StoredItem): StoredItem => defined({ pk, sk, g1p, g1s, g2p, g2s });

function closingWithout(item: StoredItem): StoredItem {
  const { clarification: _clarification, cancelled, ...rest } = item;
  if (typeof cancelled !== "object" || cancelled === null || !("comment" in cancelled))
    return cancelled === undefined ? rest : { ...rest, cancelled };
  const { comment: _comment, ...kept } = cancelled;
  return { ...rest, cancelled: kept };
}

/** Fields of a deal's log entry that are no texts of people. */
const LOGGED = new Set(["statusId", "managerId", "amountMinor", "currency", "planId", "reasonId"]);

/** A log entry without its texts; its event is sent to nobody any more. */
function entryWithout(item: StoredItem): StoredItem {
  const { comment: _comment, event: _event, g2p: _g2p, g2s: _g2s, before, after, ...rest } = item;
  return defined({ ...rest, before: loggedOf(before), after: loggedOf(after) });
}

function loggedOf(fields: unknown): unknown {
  if (typeof fields !== "object" || fields === null) return undefined;
  const entries = Object.entries(fields);
  const kept = entries.filter(([name]) => LOGGED.has(name));
  return kept.length === entries.length ? fields : Object.fromEntries(kept);
}

/** The copy of a lead in its plan's queue. */
export const queuedLeadFate: Rule = (item, { traces }) => {
  const deal = item["kind"] === "lead" ? dealSchema.safeParse(item["deal"]) : undefined;
  if (deal?.success !== true || !traces.ids.contact.has(deal.data.personId) || deal.data.title === ERASED)
    return "keep";
  return { ...item, deal: dealWithout(deal.data) };
};
