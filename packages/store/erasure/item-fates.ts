import { rowAs } from "@regulars/core/platform/unreadable-row";
import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import { contactSchema } from "@regulars/core/contacts/contact";
import { ERASED, type Traces, mentions, without } from "@regulars/core/erasure/traces";
import { parseFindingId } from "@regulars/core/insights/finding";
import { nightRecordSchema } from "@regulars/core/nightly/nightly-store";
import { idOfKey } from "@regulars/core/platform/id-text";
import type { FateName } from "../engine/key.ts";
import { familyFates } from "../keys.ts";
import { parseSnapshotSort } from "../snapshots/keys.ts";
import { attributesOf, unpackedStatuses } from "../snapshots/stored-statuses.ts";
import { subjectNoted } from "../snapshots/status-notes.ts";
import { dealFate, queuedLeadFate } from "./deal-fate.ts";
import { type AtItem, type Fate, type Rule, changedOr, contentOf, defined } from "./fate.ts";
import { messageFate } from "./message-fate.ts";
import { operationPageFate } from "./operation-page-fate.ts";

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

/** A contact stays as an id without anything else, because deals name it, and is in no list. */
const ofContact: Rule = (item, at) => {
  if (!at.traces.ids.contact.has(at.rest)) return "keep";
  if (at.sk.startsWith("ACT#")) return "remove";
  if (at.sk !== "PERSON") return "keep";
  const { personId, createdAt } = rowAs(contactSchema, item);
  return changedOr(item, { pk: item["pk"], sk: item["sk"], personId, createdAt });
};

/** An answer that is kept for a repeated request, also where it is compressed. */
const ofAnswer: Rule = (item, { traces }) => {
  const { answer } = item;
  const packed = typeof answer === "object" && answer !== null && "packed" in answer ? answer.packed : undefined;
  const text = packed instanceof Uint8Array ? gunzipSync(packed).toString("utf8") : "";
  return removeIf(mentions(contentOf(item), traces) || mentions(text, traces));
};

/** A bulk operation with its pages. */
const ofOperation: Rule = (item, at) =>
  (/^(?:PAGE|DEALS|SELECTION)#/.test(at.sk) ? operationPageFate : trimmed)(item, at);

/** The last nightly run's record: the call lists of these shards are made anew. */
const ofConfig: Rule = (item, at) => {
  if (at.sk !== "NIGHT") return "keep";
  const { callList, ...record } = rowAs(nightRecordSchema, item);
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
  DEAL: family("deals", dealFate),
  QUEUE: family("queued leads", queuedLeadFate),
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
