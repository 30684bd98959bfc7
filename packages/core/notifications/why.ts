import type { Decider } from "./effective.ts";
import { MOST_OF_TENANT, MOST_TO_ONE } from "./send-limits.ts";
import type { RouteRule, Why } from "./route.ts";

const WHOSE: Readonly<Record<Decider, string>> = {
  usual: "as usual",
  tenant: "the company's default",
  user: "their own choice",
  compulsion: "the company makes it compulsory",
};

const RULES: Readonly<Record<RouteRule, string>> = {
  "at-once": "is told at once",
  digest: "is told in the digest",
  off: "is switched off",
  "all-off": "everything is switched off",
  paused: "messages are paused",
  notice: "faults of the set-up are told to admins at any hour",
  "digest-time": "goes at the digest time",
  "digest-time-in-quiet-hours": "goes at the digest time, which is in the quiet hours: the digest time wins",
  "no-digest-day": "is no day with a digest",
  "reader-limit": `waits, because one person gets at most ${MOST_TO_ONE} messages an hour`,
  "tenant-limit": `waits, because a company sends at most ${MOST_OF_TENANT} messages an hour`,
  "quiet-hours": "waits for the end of the quiet hours",
  weekend: "waits for the end of the weekend",
};

/** Why something is sent so, in a sentence for people: "waits for the end of the quiet hours (as usual)". */
export function whyText({ rule, decidedBy, reason, pausedUntil, isOverruled }: Why): string {
  const until = pausedUntil === undefined ? "" : ` until ${pausedUntil}`;
  const because = reason === undefined ? "" : `: ${reason}`;
  const overruled = isOverruled === true ? ", whatever they prefer" : "";
  return `${RULES[rule]}${until} (${WHOSE[decidedBy]}${overruled}${because})`;
}
