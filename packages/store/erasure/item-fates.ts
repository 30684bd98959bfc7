import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import { contactSchema } from "@regulars/core/contacts/contact";
import { dealSchema } from "@regulars/core/deals/deal";
import { ERASED, type Traces, blanked, mentions, without } from "@regulars/core/erasure/traces";
import { parseFindingId } from "@regulars/core/insights/finding";
import { leftOutOf, leftOutText } from "@regulars/core/monitors/mailing";
import { selectionChunkSchema } from "@regulars/core/monitors/selection-action";
import { nightRecordSchema } from "@regulars/core/nightly/nightly-store";
import { idOfKey } from "@regulars/core/platform/id-text";
import type { FateName } from "../engine/key.ts";
import type { StoredItem } from "../engine/own-write.ts";
import { familyFates } from "../keys.ts";
import { parseSnapshotSort } from "../snapshots/keys.ts";
import { attributesOf, unpackedStatuses } from "../snapshots/stored-statuses.ts";
import { subjectNoted } from "../snapshots/status-notes.ts";
import { messageFate } from "./message-fate.ts";

/** What an erasure makes of an item: nothing, no item, or the same item with other attributes. */
export type Fate = "keep" | "remove" | StoredItem;

/** What is known of an item when its fate is decided. */
export interface AtItem {
  readonly traces: Traces;
  /** The text after the family in the partition key, and the sort key. */
  readonly rest: string;
  readonly sk: string;
  /** The shards of the customers concerned, whose lists are made again. */
  readonly shards: ReadonlySet<number>;
}

type Rule = (item: StoredItem, at: AtItem) => Fate;

/** Items of one family: what people call them, and what becomes of one that tells of somebody erased. */
export interface FamilyFate {
  readonly kind: string;
  readonly rule: Rule;
  /** Whether the next nightly run makes its items again: they go whether or not they tell of anybody. */
  readonly isMadeAnew: boolean;
}

const isCustomer = ({ traces }: AtItem, key: string): boolean => traces.ids.customer.has(idOfKey(key));
const isPerson = ({ traces }: AtItem, id: string): boolean => traces.ids.person.has(id) || traces.ids.contact.has(id);
const removeIf = (isTheirs: boolean): Fate => (isTheirs ? "remove" : "keep");

/** The item with other attributes, or as it is. */
const changedOr = (item: StoredItem, after: StoredItem): Fate => (isDeepStrictEqual(item, after) ? "keep" : after);

/** Keys of the table and of its indexes are no contents. */
function contentOf(item: StoredItem): StoredItem {
  const { pk: _pk, sk: _sk, g1p: _g1p, g1s: _g1s, g2p: _g2p, g2s: _g2s, ...content } = item;
  return content;
}

const trimmed: Rule = (item, { traces }) => changedOr(item, { ...item, ...without(contentOf(item), traces) });
const gone: Rule = (item, { traces }) => removeIf(mentions(contentOf(item), traces));

/** Records in a customer's own partition; those of others are kept without the person. */
const ofCustomer: Rule = (item, at) => (isCustomer(at, at.rest) ? "remove" : trimmed(item, at));

/** A customer's statuses, without what they note of findings about somebody's own. */
const ofStatuses: Rule = (stored, { traces }) => {
  const item = unpackedStatuses(stored);
  const noted = Object.entries(item).filter(([name]) => !mentions(subjectNoted(name), traces));
  const { pk, sk } = item;
  const left = { pk, sk, ...without(contentOf(Object.fromEntries(noted)), traces) };
  return isDeepStrictEqual(item, left) ? "keep" : defined({ ...left, ...attributesOf(left) });
};

/** The parts of customers' snapshots and their markers. Packed years are made again from what is left. */
const ofSnapshot: Rule = (item, at) => {
  const { customerId, letter } = parseSnapshotSort(at.sk);
  if (at.traces.ids.customer.has(customerId)) return "remove";
  if (letter === "S") return ofStatuses(item, at);
  return ["F", "A"].includes(letter) ? trimmed(item, at) : "keep";
};

/** Findings about statuses: the person's or the project's own go with them. */
const ofStatusFinding: Rule = (item, at) =>
  isCustomer(at, at.sk.slice(2, at.sk.indexOf("#", 2))) ? "remove" : gone(item, at);

/** A deal that is erased: its numbers stay, and count where they counted. */
function dealWithout(value: unknown): StoredItem {
  const { fields: _fields, source: _source, notUsed: _notUsed, occurredAt: _at, ...deal } = dealSchema.parse(value);
  const { clarification: _clarification, ...closing } = deal.closing ?? {};
  return { ...deal, title: ERASED, ...(deal.closing === undefined ? {} : { closing }) };
}

const ofDeal: Rule = (item, at) => {
  if (!at.traces.ids.deal.has(at.rest)) return "keep";
  if (at.sk === "DEAL") {
    const blank = dealWithout(item);
    return isDeepStrictEqual(blank, dealSchema.parse(item)) ? "keep" : { ...indexOf(item), ...blank };
  }
  if (at.sk.startsWith("CLOSING#")) return changedOr(item, closingWithout(item));
  return changedOr(item, entryWithout(item));
};

const indexOf = ({ pk, sk, g1p, g1s, g2p, g2s }: StoredItem): StoredItem => defined({ pk, sk, g1p, g1s, g2p, g2s });

const defined = (item: StoredItem): StoredItem =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));

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

/** A contact stays as an id without anything else, because deals name it, and is in no list. */
const ofContact: Rule = (item, at) => {
  if (!at.traces.ids.contact.has(at.rest)) return "keep";
  if (at.sk.startsWith("ACT#")) return "remove";
  if (at.sk !== "PERSON") return "keep";
  const { personId, createdAt } = contactSchema.parse(item);
  return changedOr(item, { pk: item["pk"], sk: item["sk"], personId, createdAt });
};

const ofQueuedLead: Rule = (item, { traces }) => {
  const deal = item["kind"] === "lead" ? dealSchema.safeParse(item["deal"]) : undefined;
  if (deal?.success !== true || !traces.ids.contact.has(deal.data.personId) || deal.data.title === ERASED)
    return "keep";
  return { ...item, deal: dealWithout(deal.data) };
};

/** An answer that is kept for a repeated request, also where it is compressed. */
const ofAnswer: Rule = (item, { traces }) => {
  const { answer } = item;
  const packed = typeof answer === "object" && answer !== null && "packed" in answer ? answer.packed : undefined;
  const text = packed instanceof Uint8Array ? gunzipSync(packed).toString("utf8") : "";
  return removeIf(mentions(contentOf(item), traces) || mentions(text, traces));
};

/** The members of a bulk operation keep their places. */
const ofOperation: Rule = (item, at) => {
  if (!/^(?:PAGE|DEALS|SELECTION)#/.test(at.sk)) return trimmed(item, at);
  const after = { ...item, ...blanked(contentOf(item), at.traces) };
  if (isDeepStrictEqual(item, after)) return "keep";
  return at.sk.startsWith("SELECTION#") ? withoutMailed(item, after) : after;
};

/**
 * A page of an action on a selection: of members that were blanked the address goes too, and they are gone. A mailing keeps
 * the address of its start, which need not be theirs any more; of others who have the same one, it is asked for again.
 */
function withoutMailed(item: StoredItem, blank: StoredItem): StoredItem {
  const before = selectionChunkSchema.parse(item);
  const { members, results } = selectionChunkSchema.parse(blank);
  const isAsBefore = (i: number, field: "owner" | "mailTo" | "sameAs"): boolean =>
    isDeepStrictEqual(members[i]?.[field], before.members[i]?.[field]);
  const isSame = (i: number): boolean => isAsBefore(i, "owner") && isAsBefore(i, "mailTo");
  return {
    ...blank,
    members: members.map(({ mailTo, ...member }, i) => {
      if (!isAsBefore(i, "owner")) return { ...member, unmailed: "gone" };
      return mailTo !== undefined && isAsBefore(i, "mailTo") ? { ...member, mailTo } : member;
    }),
    results: results.map(({ address, reason, ...result }, i) =>
      defined({
        ...result,
        reason: isAsBefore(i, "sameAs") ? reason : withoutSame(reason),
        address: isSame(i) ? address : undefined,
      }),
    ),
  };
}

/** The reason of a member with the address of somebody erased, without that one's id. */
function withoutSame(reason: string | undefined): string | undefined {
  const why = reason === undefined ? undefined : leftOutOf(reason);
  return why?.reason === "same-address" ? leftOutText({ ...why, detail: ERASED }) : reason;
}

/** The last nightly run's record: the call lists of these shards are made anew. */
const ofConfig: Rule = (item, at) => {
  if (at.sk !== "NIGHT") return "keep";
  const { callList, ...record } = nightRecordSchema.parse(item);
  const shards = callList?.shards.map((hash, shard) => (at.shards.has(shard) ? ERASED : hash));
  const isSame = shards === undefined || shards.every((hash, shard) => hash === callList?.shards[shard]);
  const left = without(record, at.traces);
  if (isSame && left === record) return "keep";
  return {
    pk: item["pk"],
    sk: at.sk,
    ...left,
    ...(callList === undefined ? {} : { callList: { ...callList, shards } }),
  };
};

const family = (kind: string, rule: Rule, isMadeAnew = false): FamilyFate => ({ kind, rule, isMadeAnew });
const kept = family("", () => "keep");

const RULES: Readonly<Record<FateName, Rule>> = {
  kept: () => "keep",
  "of-customer": ofCustomer,
  gone,
  trimmed,
  "made-anew": () => "remove",
};

/** What an erasure makes of the items of each family: as the word beside its keys says, or by a rule of its own. */
export const fates: Readonly<Record<string, FamilyFate>> = {
  ...Object.fromEntries(
    Object.entries(familyFates).map(([name, said]) => [
      name,
      said === "kept" ? kept : family(said.kind, RULES[said.fate], said.fate === "made-anew"),
    ]),
  ),
  STATUSLOG: family("status log", (item, at) => (isCustomer(at, at.rest) ? "remove" : gone(item, at))),
  P: family("persons", (item, at) => removeIf(isCustomer(at, at.rest) || isPerson(at, String(item["personId"])))),
  X: family("ids of records", (item, at) =>
    removeIf(
      at.traces.ids.customer.has(String(item["customerId"])) ||
        (at.rest.startsWith("person#") && at.traces.ids.person.has(String(item["id"]))),
    ),
  ),
  PLACE: family("places of persons", (item, at) =>
    removeIf(isPerson(at, idOfKey(at.rest)) || gone(item, at) === "remove"),
  ),
  S: family("snapshots", ofSnapshot),
  SF: family("findings about statuses", ofStatusFinding),
  CHANGED: family("markers", ofSnapshot),
  CALLS: family("call list", (_item, at) => removeIf(at.shards.has(Number(at.rest))), true),
  IGNORE: family("ignored rows", (_item, at) => removeIf(isCustomer(at, at.sk.slice(0, at.sk.indexOf("#"))))),
  LEAD: family("imported contacts", (item, at) => gone(item, { ...at, traces: withoutNamesOf(at.traces) })),
  WHO: family("identities", (item, { traces }) =>
    removeIf(traces.ids.contact.has(String(item["personId"])) || traces.ids.person.has(String(item["claimedBy"]))),
  ),
  PER: family("contacts", ofContact),
  DEAL: family("deals", ofDeal),
  QUEUE: family("queued leads", ofQueuedLead),
  INBOUND: family("requests of senders", (item, at) => gone(item, { ...at, traces: withoutNamesOf(at.traces) })),
  IDEMPOTENCY: family("answers to requests", ofAnswer),
  OPERATION: family("bulk operations", ofOperation),
  UNDO: family("what may be undone", (item, at) =>
    removeIf(isAboutFinding(at.sk, at.traces) || mentions(contentOf(item), at.traces)),
  ),
  OUT: family("notifications", (item, { traces }) => messageFate(item, traces)),
  SLACKDONE: family("actions in Slack", (item, { traces }) => removeIf(isAboutFinding(item["findingId"], traces))),
  ASKED: family("introductions", (item, at) =>
    removeIf(
      at.traces.ids.introduction.has(String(item["introductionId"])) ||
        (at.sk.startsWith("LAST#") && isPerson(at, idOfKey(at.sk.slice(at.sk.lastIndexOf("#") + 1)))),
    ),
  ),
  CONFIG: family("last nightly run", ofConfig, true),
};

/** The fate of a family that has none of its own yet: nothing of it goes, and what tells of somebody is blanked. */
export const otherFate: FamilyFate = family("others", trimmed);

/** Of families where one name says nothing: somebody else may have it. */
const withoutNamesOf = (traces: Traces): Traces => ({
  ...traces,
  names: { isFound: () => false, replaced: (text) => text },
});

function isAboutFinding(text: unknown, traces: Traces): boolean {
  const address = typeof text === "string" ? parseFindingId(text) : undefined;
  return address !== undefined && mentions({ subject: address.subject }, traces);
}
