import * as z from "zod";
import { workingDaysAfter } from "../../../relationships/caps.ts";
import { grades } from "../../../relationships/grades.ts";
import { healthSettingsOf } from "../../../relationships/health-settings.ts";
import { CustomerWeaknesses, type Weakness } from "../../../relationships/weaknesses.ts";
import { type Variable, dayOf, numberOf, phraseOf } from "../../../platform/message-text.ts";
import { template } from "../../../platform/template.ts";
import { type Day, daySchema, minor, toDayNumber } from "../../../platform/values.ts";
import type { History } from "../../../snapshots/history.ts";
import { type EvaluationContext, defineInsight, operandOf } from "../../define.ts";
import type { Assessment, Check, Evidence, Level } from "../../finding.ts";
import { evidenceTexts, translations } from "./texts.ts";

/** Shared with all settings of relationships, whose own rules check them. */
const settingsSchema = z.record(z.string(), z.unknown());
type Settings = z.infer<typeof settingsSchema>;

const reasons = ["waits", "fell", "trend-down", "no-reply"] as const;

const factsSchema = z.object({
  reason: z.enum(reasons),
  /** Since when something has been weak, and since when this. */
  weakSince: daySchema,
  since: daySchema,
  personId: z.string().optional(),
  messages: z.int().optional(),
  from: z.enum(grades).optional(),
  to: z.enum(grades).optional(),
  /** The limit that the reason is held against: working days or messages. */
  limit: z.int(),
  /** What else is weak, in the same order. */
  others: z.array(z.object({ reason: z.enum(reasons), since: daySchema, personId: z.string().optional() })),
});
type Facts = z.infer<typeof factsSchema>;

/** An answer that is later than so many working days is no news: most such messages need none. */
const LATE_DAYS = 10;
const MOST_OTHERS = 20;

function detect(history: History, asOf: Day, stored: Settings) {
  const settings = healthSettingsOf(stored, history.category);
  if (!settings.health) return undefined;
  const { closures } = history;
  const activities = history.activities?.();
  if (activities === undefined) return undefined;
  const weaknesses = new CustomerWeaknesses(activities, { settings, closures });
  if (!weaknesses.isKnown(asOf)) return undefined;
  const [first, ...others] = weaknesses.on(asOf);
  if (first === undefined) return [];
  const { reason, ...rest } = first;
  const facts: Facts = {
    reason,
    weakSince: weaknesses.weakSince(asOf),
    ...rest,
    limit: first.reason === "no-reply" ? settings.unansweredLimit : settings.answerWithin,
    others: others.slice(0, MOST_OTHERS).map(shortOf),
  };
  return [{ episode: `${first.reason}:${first.since}`, facts }];
}

const shortOf = (weakness: Weakness): Facts["others"][number] => ({
  reason: weakness.reason,
  since: weakness.since,
  ...("personId" in weakness ? { personId: weakness.personId } : {}),
});

function assess(facts: Facts, { asOf, currency, closures }: EvaluationContext): Assessment {
  const days = workingDaysAfter(toDayNumber(facts.since), toDayNumber(asOf), closures);
  return {
    level: levelOf(facts, days),
    state: "open",
    atStakeMinor: minor(0),
    currency,
    since: facts.weakSince,
    rank: [reasons.indexOf(facts.reason), 0 - days],
    evidence: {
      rule: "weak-relationship/1",
      checks: checksOf(facts, days),
      documents: [],
      ...facts,
      workingDays: days,
      lateAfterDays: LATE_DAYS,
      levelRule: `A fall to poor is high: sent at once. A message that waits is medium up to ${LATE_DAYS} working days, then watched; any other fall is medium; messages without a reply are watched.`,
    },
  };
}

function levelOf({ reason, to }: Facts, days: number): Level {
  if (reason === "waits") return days > LATE_DAYS ? "watch" : "medium";
  if (reason === "no-reply") return "watch";
  return to === "poor" ? "high" : "medium";
}

function checksOf({ reason, limit, messages = 0, from, to }: Facts, days: number): readonly Check[] {
  if (reason === "waits")
    return [{ id: "WR1", says: "working days that their message waits", value: days, op: ">", threshold: limit }];
  if (reason === "no-reply")
    return [{ id: "WR2", says: "messages of ours without a reply", value: messages, op: ">=", threshold: limit }];
  if (from === undefined || to === undefined)
    return [{ id: "WR4", says: "working days that the trend falls", value: days, op: ">=", threshold: 0 }];
  const [now, before] = [grades.indexOf(to), grades.indexOf(from)];
  return [
    {
      id: "WR3",
      says: "the grade's place, best first, is behind the one before",
      value: now,
      op: ">",
      threshold: before,
    },
  ];
}

function reasonOf(evidence: Evidence): Variable {
  const days = operandOf(evidence["workingDays"]);
  const since = dayOf(daySchema.parse(evidence["since"]));
  switch (evidence["reason"]) {
    case "waits":
      return phraseOf("waits", { dayw: numberOf(days), dsnc: since });
    case "no-reply":
      return phraseOf("noReply", { msgs: numberOf(operandOf(evidence["messages"])), dsnc: since });
    case "fell":
      return phraseOf(`${String(evidence["from"])}-${String(evidence["to"])}`, { dsnc: since });
    default:
      return phraseOf("down", { dsnc: since });
  }
}

/** Customers with whom contact has become weak: a message waits, the grade fell, the trend falls, nobody replies. */
export const weakRelationship = defineInsight({
  id: "weak-relationship",
  title: "Weak relationships",
  noun: { one: "weak relationship", many: "weak relationships" },
  version: 1,
  position: 70,
  settings: settingsSchema,
  settingsId: "relationships",
  facts: factsSchema,
  detect,
  assess,
  variables: (evidence) => ({ rsnw: reasonOf(evidence) }),
  phrases: {
    waits: "their message of <dsnc> waits {dayw, plural, one {# day} other {# days}} for an answer",
    noReply: "no reply to {msgs, plural, one {# message} other {# messages}} since <dsnc>",
    "good-fair": "contact fell from good to fair on <dsnc>",
    "good-poor": "contact fell from good to poor on <dsnc>",
    "fair-poor": "contact fell from fair to poor on <dsnc>",
    down: "contact has become less since <dsnc>",
  },
  text: template("<rsnw>"),
  followUp: template(
    "Hello <pers>, we have not been in touch as we should. How are things going, and is there anything that you are waiting for from us? Best regards, <cont>",
  ),
  translations,
  evidenceTexts,
});
