import { levels } from "../insights/finding.ts";
import { ANY_CLASS, type Counter, counterName, counterNames, isCount, parseCounter, recordKindsOf } from "./counter.ts";
import type { CounterSettings } from "./counter-settings.ts";
import type { OwnerType } from "./owner.ts";

export type FieldType = "number" | "day" | "text" | "choice" | "flag" | "status";

/** A field that criteria may compare. */
export type Field = { readonly name: string; readonly type: FieldType; readonly choices?: readonly string[] } & (
  | { readonly source: "card" | "health" | "status" }
  | { readonly source: "finding"; readonly kind: string }
  | { readonly source: "counter"; readonly counter: Counter }
);

/** What fields there are depends on this. */
export interface FieldContext {
  readonly ownerType: OwnerType;
  readonly settings: CounterSettings;
  /** Ids of the insight kinds. */
  readonly kinds: readonly string[];
}

/** What criteria are checked against: the fields that there are, and the tenant's own names. */
export interface CriteriaContext extends FieldContext {
  /** The categories that the tenant's customers have; they are not checked while there is none. */
  readonly categories: readonly string[];
  /** The statuses of the owner type that a criterion may name. */
  readonly statusIds: readonly string[];
  /** Why no criterion may name the health, if there is a reason. */
  readonly healthOff: string | undefined;
}

const cardFields: Readonly<Record<OwnerType, Readonly<Record<string, FieldType>>>> = {
  company: {
    customerId: "text",
    name: "text",
    category: "text",
    repId: "text",
    assignedUserId: "text",
    teamId: "text",
    territoryId: "text",
    phone: "text",
    email: "text",
    currency: "text",
    creditHold: "flag",
  },
  person: { personId: "text", customerId: "text", name: "text", email: "text", phone: "text" },
  project: {
    projectId: "text",
    customerId: "text",
    name: "text",
    projectStatus: "text",
    revenue: "number",
    cost: "number",
    margin: "number",
  },
};

const HEALTH: readonly Field[] = [
  { source: "health", name: "health", type: "number" },
  { source: "health", name: "health.grade", type: "choice", choices: ["good", "fair", "poor"] },
  { source: "health", name: "health.trend", type: "choice", choices: ["up", "neutral", "down"] },
];

const STATUS: Field = { source: "status", name: "status", type: "status" };

const FINDING = "finding.";

/** The field of that name; `undefined` when the owner type has none. */
export function fieldOf(name: string, context: FieldContext): Field | undefined {
  const { ownerType } = context;
  const card = cardFields[ownerType];
  if (Object.hasOwn(card, name)) return { source: "card", name, type: card[name] ?? "text" };
  if (name === STATUS.name) return STATUS;
  const health = healthFields(ownerType).find((field) => field.name === name);
  if (health !== undefined) return health;
  return name.startsWith(FINDING) ? findingField(name.slice(FINDING.length), context) : counterField(name, context);
}

/** Projects have no relationship of their own. */
const healthFields = (ownerType: OwnerType): readonly Field[] => (ownerType === "project" ? [] : HEALTH);

/** Findings are about companies. */
const findingField = (kind: string, { ownerType, kinds }: FieldContext): Field | undefined =>
  ownerType === "company" && kinds.includes(kind)
    ? { source: "finding", name: `${FINDING}${kind}`, type: "choice", choices: levels, kind }
    : undefined;

function counterField(name: string, { ownerType, settings }: FieldContext): Field | undefined {
  const counter = parseCounter(name, settings.periods[ownerType]);
  if (counter === undefined || !recordKindsOf[ownerType].includes(counter.filter.records)) return undefined;
  const { amountClass } = counter.filter;
  if (amountClass !== undefined && !classesOf(settings).includes(amountClass)) return undefined;
  return { source: "counter", name: keptName(name, counter), type: isCount(counter.value) ? "number" : "day", counter };
}

/** A period is kept by its number, and class 0 is left out; everything else is kept as it was written. */
const keptName = (name: string, counter: Counter): string =>
  counter.period === undefined ? name.replace(`.${ANY_CLASS}.`, ".") : counterName(counter);

const classesOf = ({ amountClasses }: CounterSettings): number[] =>
  [...new Set(amountClasses.map((range) => range.class))].toSorted((a, b) => a - b);

/** The names of all fields of an owner type, for choosing from and for the nearest one to a mistake. */
export function fieldNames(context: FieldContext): readonly string[] {
  const { ownerType, settings, kinds } = context;
  const classes = classesOf(settings);
  return [
    ...Object.keys(cardFields[ownerType]),
    STATUS.name,
    ...healthFields(ownerType).map(({ name }) => name),
    ...(ownerType === "company" ? kinds.map((kind) => `${FINDING}${kind}`) : []),
    ...recordKindsOf[ownerType].flatMap((records) => counterNames(records, settings.periods[ownerType], classes)),
  ];
}
