import * as z from "zod";
import { type MessageText, type Variable, moneyOf, numberOf, variableSchema } from "../../../platform/message-text.ts";
import { overdueAmounts } from "../../../invoices/overdue.ts";
import { template } from "../../../platform/template.ts";
import { type Day, minor, toDayNumber } from "../../../platform/values.ts";
import { type Detection, type EvaluationContext, defineInsight } from "../../define.ts";
import { type Assessment, type Evidence, levels } from "../../finding.ts";
import { type HeldStatus, heldStatusSchema } from "../../../snapshots/status-values.ts";
import { evidenceTexts, translations } from "./texts.ts";

/** A status that is told, as it was when it was found. */
const factsSchema = heldStatusSchema
  .omit({ told: true })
  .extend(heldStatusSchema.shape.told.unwrap().omit({ level: true }).shape)
  .extend({ toldLevel: z.enum(levels) });
type Facts = z.output<typeof factsSchema>;

/** The subject's id of an owner's status: the status, and of a person or a project also whose it is. */
const subjectIdOf = ({ statusId, ownerType, ownerId }: HeldStatus): string =>
  ownerType === "company" ? statusId : JSON.stringify([statusId, ownerType, ownerId ?? ""]);

/** The statuses that hold and are told; one finding each. Its occasion is the day since which it holds. */
const detect = (held: readonly HeldStatus[] = [], overdue: () => Amounts): Detection<Facts>[] =>
  held.flatMap(({ told, ...status }) => {
    if (told === undefined) return [];
    const { level: toldLevel, name, description, followUp, variables, order } = told;
    return [
      {
        subject: { type: "status", id: subjectIdOf(status) } as const,
        episode: status.since,
        facts: {
          ...status,
          name,
          description,
          ...(followUp === undefined ? {} : { followUp }),
          variables: { ...variables, ...overdueIn(`${description} ${followUp ?? ""}`, overdue) },
          order: [...order],
          toldLevel,
        },
      },
    ];
  });

type Amounts = ReturnType<typeof overdueAmounts>;

/** `<ovrd>` where a text says it: the amount of the day. */
function overdueIn(text: string, overdue: () => Amounts): { readonly ovrd?: Variable } {
  const amounts = /<ovrd[|>]/.test(text) ? overdue() : [];
  return amounts.length === 0 ? {} : { ovrd: moneyOf(amounts) };
}

function assess(
  { toldLevel, since, statusId, order, ...told }: Facts,
  { asOf, currency }: EvaluationContext,
): Assessment {
  return {
    level: toldLevel,
    state: "open",
    atStakeMinor: minor(0),
    currency,
    since: since > asOf ? asOf : since,
    rank: order,
    evidence: {
      rule: "customer-status/1",
      checks: [{ id: "ST1", says: "day since which the status holds", value: since, op: "<=", threshold: asOf }],
      documents: [],
      statusId,
      ...told,
      variables: { ...told.variables, ...daysSince(told.variables["lsal"], asOf) },
    },
  };
}

/** `<dlst>` counts on from day to day, so it is no fact. */
const daysSince = (lastSale: Variable | undefined, asOf: Day): { readonly dlst?: Variable } =>
  lastSale?.type === "day" ? { dlst: numberOf(toDayNumber(asOf) - toDayNumber(lastSale.day)) } : {};

const evidenceSchema = z.object({
  name: z.string(),
  description: z.string(),
  followUp: z.string().optional(),
  variables: z.record(z.string(), variableSchema),
});

const kind = defineInsight({
  id: "customer-status",
  title: "Statuses",
  noun: { one: "status", many: "statuses" },
  version: 1,
  position: 80,
  settings: z.strictObject({}),
  facts: factsSchema,
  readsStatuses: true,
  detect: ({ statuses, receivables }, asOf) => {
    const held = statuses?.filter(({ since }) => since <= asOf);
    const found = detect(held, () => overdueAmounts(receivables, asOf));
    return found.length === 0 ? undefined : found;
  },
  assess,
  variables: () => ({}),
  text: template("a status holds"),
  followUp: template("Hello <pers>, how are you? We have not been in touch for a while. Best regards, <cont>"),
  translations,
  evidenceTexts,
});

/** A name is no template: its signs are written so that they stay as they are. */
const plainText = (text: string): string => text.replaceAll("<", "\\<");

function why(evidence: Evidence): MessageText {
  const { name, description, variables } = evidenceSchema.parse(evidence);
  return { text: description === "" ? plainText(name) : `${plainText(name)}: ${description}`, variables };
}

/** Statuses that are told, with the texts of their monitors (docs/reference/monitors.md 4). */
export const customerStatus: typeof kind = {
  ...kind,
  why,
  followUp: (evidence, itemName, more, own) => {
    const { followUp, variables } = evidenceSchema.parse(evidence);
    if (typeof own === "string" || followUp === undefined) return kind.followUp(evidence, itemName, more, own);
    return { text: followUp, variables: { ...more, ...variables } };
  },
};
