import type { User } from "@regulars/core/access/user";
import type { Customer } from "@regulars/core/customers/customer";
import { ownerIdOf } from "@regulars/core/customers/list-scope";
import type { Scope } from "@regulars/core/customers/visible-customers";
import type { Finding } from "@regulars/core/insights/finding";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { customerIdOf } from "@regulars/core/insights/subject";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { Links } from "@regulars/core/notifications/compose";
import { type Variable, dayOf, listOf, numberOf, phraseOf, textOf } from "@regulars/core/platform/message-text";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { CustomerId, Day, Instant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { listFindings } from "../insights/list-findings.ts";
import { lineFor } from "./message-line.ts";

/** A real customer, with the values that the variables of a text have for them. */
export interface TemplateExample {
  readonly customer: Pick<Customer, "customerId" | "name">;
  readonly values: Readonly<Record<string, Variable>>;
}

export interface ExampleInput {
  readonly tenant: Tenant;
  readonly catalog: InsightCatalog;
  readonly store: NightlyStore;
  readonly scope: Pick<Scope, "canSee">;
  readonly links: Links;
  readonly textId: string;
  /** Without one, the first whom the text would be about. */
  readonly customerId?: CustomerId | undefined;
  readonly now: Instant;
}

/** Names of the customers that could be chosen instead. */
const MOST_NAMED = 5;

/**
 * The customer of a preview and the values of a text's variables for them: those of their finding, of their rep, and of
 * the tenant. Refused where nobody has what the text is about.
 */
export async function templateExample(input: ExampleInput): Promise<Result<TemplateExample>> {
  const { catalog, textId, customerId, store, scope } = input;
  const kind = catalog.kindOf(textId.slice(0, Math.max(0, textId.lastIndexOf("."))));
  const list = await listFindings({ ...input, filter: { kind: kind?.id, withCarried: true } });
  if (!list.ok) return list;
  const { findings, asOf } = list.value;
  const ids = customersIn(findings);
  const asked = customerId === undefined ? ids.slice(0, MOST_LOOKED) : [customerId, ...ids.slice(0, MOST_NAMED)];
  const profiles = await store.profiles([...new Set(asked)]);
  const visible = [...profiles.values()].filter((one) => scope.canSee(one));
  const others = ids.flatMap((id) => visible.find((one) => one.customerId === id) ?? []);
  const customer = customerId === undefined ? others[0] : visible.find((one) => one.customerId === customerId);
  if (customer === undefined && customerId !== undefined)
    return refuse("unknown-customer", `there is no customer ${customerId}`);
  const finding = customer && findings.find(({ subject }) => customerIdOf(subject) === customer.customerId);
  if (customer === undefined || (kind !== undefined && finding === undefined))
    return refuse("no-example", withoutExample(kind?.title, customer, others));
  const common = { ...input, customer, asOf, users: await store.users() };
  return ok({
    customer,
    values:
      kind === undefined || finding === undefined
        ? await valuesOfMessage(common, findings)
        : await valuesOfLine(common, finding),
  });
}

/** Customers among whom the first is looked for. */
const MOST_LOOKED = 20;

/** The values of a text by its id; none where there is nobody whom it would be about. */
type TemplateExamples = (textId: string) => Promise<TemplateExample["values"]>;

/** The values of every text for the first customer whom it would be about: findings are read once for all. */
export async function templateExamples(input: Omit<ExampleInput, "textId" | "customerId">): Promise<TemplateExamples> {
  const { catalog, store, scope } = input;
  const list = await listFindings({ ...input, filter: { withCarried: true } });
  if (!list.ok) return () => Promise.resolve({});
  const { findings, asOf } = list.value;
  const byKind = Map.groupBy(findings, ({ kind }) => kind);
  const ids = [...byKind.values()].flatMap((of) => customersIn(of).slice(0, MOST_LOOKED));
  const [profiles, users] = await Promise.all([store.profiles([...new Set(ids)]), store.users()]);
  const firstOf = (of: readonly Finding[]): Customer | undefined =>
    customersIn(of)
      .flatMap((id) => profiles.get(id) ?? [])
      .find((one) => scope.canSee(one));
  return async (textId) => {
    const kind = catalog.kindOf(textId.slice(0, Math.max(0, textId.lastIndexOf("."))));
    const of = kind === undefined ? findings : (byKind.get(kind.id) ?? []);
    const customer = firstOf(of);
    if (customer === undefined) return {};
    const common = { ...input, textId, customer, asOf, users };
    const finding = of.find(({ subject }) => customerIdOf(subject) === customer.customerId);
    return kind === undefined || finding === undefined ? valuesOfMessage(common, of) : valuesOfLine(common, finding);
  };
}

/** Whom findings are about, each once, in their order. */
const customersIn = (findings: readonly Finding[]): readonly CustomerId[] => [
  ...new Set(findings.flatMap(({ subject }) => customerIdOf(subject) ?? [])),
];

function withoutExample(title: string | undefined, customer: Customer | undefined, others: readonly Customer[]) {
  const what = title === undefined ? "no finding" : `no finding “${title}”`;
  if (customer === undefined) return `there is ${what} to show it with: it can be saved without a preview`;
  const named = others.slice(0, MOST_NAMED).map((one) => one.customerId);
  return `${customer.name ?? customer.customerId} has ${what}${named.length === 0 ? "" : `: ${named.join(", ")} ${named.length === 1 ? "has" : "have"} one`}`;
}

interface Surroundings extends ExampleInput {
  readonly customer: Customer;
  readonly users: readonly User[];
  readonly asOf: Day;
}

function repOf({ customer, users }: Pick<Surroundings, "customer" | "users">): User | undefined {
  const owner = ownerIdOf(customer, (userId) => users.some((user) => user.userId === userId));
  return users.find(({ userId }) => userId === owner);
}

async function valuesOfLine(surroundings: Surroundings, finding: Finding) {
  const rep = repOf(surroundings);
  const line = await lineFor(surroundings, finding, surroundings.customer, { rep, isNew: true });
  return { ...line.why.variables, ...line.followUp.variables };
}

/** The values of a digest, an alert's context and a request for an introduction about the customer. */
async function valuesOfMessage(
  { tenant, store, links, textId, customer, users, asOf }: Surroundings,
  findings: readonly Finding[],
): Promise<TemplateExample["values"]> {
  const rep = repOf({ customer, users });
  const own = findings.filter(({ subject }) => customerIdOf(subject) === customer.customerId);
  const counts = Map.groupBy(own, ({ kind }) => kind);
  const [person] = await store.personsOf(customer.customerId);
  const name = customer.name ?? customer.customerId;
  const asker = users.find(({ userId }) => userId !== rep?.userId) ?? rep;
  return {
    firm: textOf(tenant.name),
    date: dayOf(asOf),
    cnts: listOf([...counts].map(([kind, of]) => phraseOf(`${kind}.counted`, { numb: numberOf(of.length) }))),
    coll: textOf(rep?.name ?? tenant.name),
    cont: textOf(asker?.name ?? tenant.name),
    pers: textOf(person?.name ?? name),
    rlnk: textOf(rep === undefined ? "" : links.introductions(tenant.tenantId, rep.userId)),
    // In a digest the reader, in a request the company of whom somebody wants to meet.
    name: textOf(textId.startsWith("digest.") ? (rep?.name ?? tenant.name) : name),
  };
}
