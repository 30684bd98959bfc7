import type { InsightKind } from "../insights/define.ts";
import type { EvaluatedFinding } from "../insights/evaluate.ts";
import type { Finding } from "../insights/finding.ts";
import type { InsightCatalog } from "../insights/insight-catalog.ts";
import { itemIdOf } from "../insights/subject.ts";
import { type MessageText, textOf } from "../platform/message-text.ts";
import type { Customer } from "../customers/customer.ts";
import type { Person } from "../customers/person.ts";
import type { User } from "../access/user.ts";
import type { Tenant } from "../tenants/tenant.ts";
import type { Day, TenantId, UserId } from "../platform/values.ts";
import { hasTemplate } from "./templates.ts";
import type {
  Alert,
  Digest,
  DigestLine,
  DigestCleared,
  DigestSales,
  DigestToDo,
  MessageLine,
  ToldFinding,
} from "./message.ts";

/** The targets of links in messages. */
export interface Links {
  readonly finding: (place: { readonly tenantId: TenantId; readonly findingId: string }) => string;
  readonly rep: (tenantId: TenantId, userId: UserId) => string;
  /** What a user asked for and is asked for. */
  readonly introductions: (tenantId: TenantId, userId: UserId) => string;
}

/** What a line needs in addition to its finding. */
interface LineContext {
  readonly tenant: Tenant;
  readonly kind: InsightKind;
  readonly customer: Customer;
  readonly persons: readonly Person[];
  readonly rep?: User | undefined;
  readonly itemName?: string | undefined;
  readonly isNew: boolean;
  readonly episode?: string | undefined;
  readonly links: Links;
}

/**
 * A finding as one line of a message: the customer, the finding, the reason in numbers, whom to call, and a first text
 * to send; not translated yet.
 */
export function composeLine(finding: Finding, context: LineContext): MessageLine {
  const { tenant, kind, customer, persons, episode } = context;
  const itemName = context.itemName ?? itemIdOf(finding.subject) ?? "";
  const link = context.links.finding({ tenantId: tenant.tenantId, findingId: finding.id });
  const contact = contactOf(customer, persons);
  return {
    findingId: finding.id,
    ...(episode === undefined ? {} : { episode }),
    level: finding.level,
    isNew: context.isNew,
    customerId: customer.customerId,
    customerName: customer.name ?? customer.customerId,
    why: withLink(kind.why(finding.evidence, itemName), link),
    atStakeMinor: finding.atStakeMinor,
    currency: finding.currency,
    ...(contact === undefined ? {} : { contact }),
    link,
    followUp: withLink(
      kind.followUp(
        finding.evidence,
        itemName,
        peopleOf(context, link),
        // A template has the words of each language; the setting has the same for all.
        hasTemplate(tenant, `${kind.id}.followUp`) ? undefined : tenant.insights[kind.id]?.["followUp"],
      ),
      link,
    ),
  };
}

/** A status's own words may name the link, which is known when they are told. */
const withLink = (text: MessageText, link: string): MessageText =>
  "rlnk" in text.variables ? { ...text, variables: { ...text.variables, rlnk: textOf(link) } } : text;

/**
 * Variables of every follow-up text: `<name>` is the company, `<pers>` the contact's first name, else the company,
 * `<cont>` our employee (docs/reference/insights.md 5.5, 7).
 */
const peopleOf = ({ tenant, customer, persons, rep }: LineContext, link: string) => ({
  name: textOf(customer.name ?? customer.customerId),
  pers: textOf(greetedOf(customer, persons)),
  cont: textOf(rep?.name ?? tenant.name),
  cpho: textOf(customer.phone ?? ""),
  mail: textOf(customer.email ?? ""),
  rlnk: textOf(link),
});

/** The person whom the message tells the rep to call. */
const personToCall = (persons: readonly Person[]): Person | undefined =>
  persons.find((one) => one.phone !== undefined) ?? persons.find((one) => one.name !== undefined);

/** Who is greeted: the person to call by their first name, else the company. */
function greetedOf(customer: Customer, persons: readonly Person[]): string {
  const name = personToCall(persons)?.name?.trim().split(/\s+/u)[0];
  return name === undefined || name === "" ? (customer.name ?? customer.customerId) : name;
}

/** The first person with a phone number, else the company's own number. */
function contactOf(customer: Customer, persons: readonly Person[]): MessageLine["contact"] {
  const person = personToCall(persons);
  if (person?.phone !== undefined) return { name: person.name ?? person.personId, phone: person.phone };
  if (customer.phone === undefined) return undefined;
  return { name: customer.name ?? customer.customerId, phone: customer.phone };
}

/** What one rep is to act on: how many entries of each kind, and the first entries in the order of their list. */
export interface DigestParts {
  readonly counts: readonly {
    readonly kind: string;
    readonly count: number;
    readonly newCount: number;
    /** Told at once, and without a line for that. */
    readonly toldCount?: number | undefined;
  }[];
  readonly lines: readonly DigestLine[];
  readonly toDo?: DigestToDo | undefined;
  /** What was told at once, and is only counted. */
  readonly told?: readonly ToldFinding[] | undefined;
  /** What has ended, for those who ask for it. */
  readonly cleared?: DigestCleared | undefined;
  /** The reader's local day that the digest is for. */
  readonly day?: Day | undefined;
}

/**
 * The rep's e-mail of a day; `undefined` without an address, or without anything to tell: findings, due follow-ups, or
 * for those who ask what has ended. Sales alone do not cause an e-mail, nor do tasks of later days ("none when empty").
 */
export function composeDigest(
  catalog: InsightCatalog,
  tenant: Tenant,
  rep: User,
  asOf: Day,
  { counts, lines, toDo, told = [], cleared, day }: DigestParts,
  links: Links,
  sales?: DigestSales,
): Digest | undefined {
  const isEmpty = counts.every(({ count }) => count === 0) && (toDo?.due ?? 0) === 0 && (cleared?.count ?? 0) === 0;
  if (rep.email === undefined || isEmpty) return undefined;
  const sections = counts
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => catalog.positionOf(a.kind) - catalog.positionOf(b.kind));
  return {
    type: "digest",
    tenantId: tenant.tenantId,
    tenantName: tenant.name,
    asOf,
    locale: tenant.locale,
    userId: rep.userId,
    to: { name: rep.name, address: rep.email },
    sections: sections.map(({ kind, count, newCount, toldCount = 0 }) => ({
      kind,
      count,
      newCount,
      ...(toldCount === 0 ? {} : { toldCount }),
    })),
    lines: [...lines],
    ...(sales === undefined ? {} : { sales }),
    ...(toDo === undefined ? {} : { toDo }),
    ...(told.length === 0 ? {} : { told: [...told] }),
    ...(cleared === undefined || cleared.count === 0 ? {} : { cleared }),
    ...(day === undefined ? {} : { day }),
    link: links.rep(tenant.tenantId, rep.userId),
  };
}

/** The alert for one finding. */
export function composeAlert(
  tenant: Tenant,
  finding: EvaluatedFinding,
  line: MessageLine,
  { asOf, place, rep }: { readonly asOf: Day; readonly place: number; readonly rep?: User | undefined },
): Alert {
  return {
    type: "alert",
    tenantId: tenant.tenantId,
    tenantName: tenant.name,
    asOf,
    locale: tenant.locale,
    kind: finding.kind,
    episode: finding.episode,
    place,
    line,
    ...(rep === undefined
      ? {}
      : {
          rep: {
            userId: rep.userId,
            name: rep.name,
            ...(rep.slackUserId === undefined ? {} : { slackUserId: rep.slackUserId }),
          },
        }),
  };
}

/** The same alert has the same id in every run. */
export const alertId = ({
  id,
  episode,
  level,
}: Pick<EvaluatedFinding, "episode" | "level"> & { readonly id: string }): string =>
  `alert:${id}:${episode}${level === "high" ? "" : `:${level}`}`;
/** The digest after a day: of the reader's next local day. */
export const digestId = (userId: UserId, asOf: Day): string => `digest:${userId}:${asOf}`;
