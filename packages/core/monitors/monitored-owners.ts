import type { CustomerSnapshot } from "../insights/customer-snapshot.ts";
import type { Person } from "../customers/person.ts";
import { overdueText } from "../invoices/overdue.ts";
import { type Day, toDay, toDayNumber } from "../platform/values.ts";
import type { CustomerRecords } from "../snapshots/customer-records.ts";
import type { FormerStatuses } from "./held-status.ts";
import type { MonitorBooks } from "./monitor-books.ts";
import type { Owner, OwnerType } from "./owner.ts";
import type { OwnerInput } from "./owner-facts.ts";
import { type FindingState, companyInput, healthTermsOf, personInput, projectInput } from "./snapshot-facts.ts";
import type { StatusCard } from "./status-template.ts";
import { findingsFor, lastOf } from "./told-status.ts";

/** A customer with its persons, as monitors read it. */
export interface MonitoredCustomer {
  readonly snapshot: Pick<CustomerSnapshot, "customer" | "history" | "records" | "outPersons" | "stamp">;
  /** The findings as of the day; those of statuses are not read. */
  readonly findings: readonly FindingState[];
  /** Read only when persons are monitored. */
  readonly persons: readonly Person[];
  readonly before: FormerStatuses | undefined;
  /** The name of our contact. */
  readonly contactName: string;
}

/** One owner with all that criteria and texts read of it. */
export interface MonitoredOwner {
  readonly owner: Owner;
  readonly input: OwnerInput;
  readonly card: Pick<StatusCard, "person" | "project">;
}

/** What the owners at a customer are made of. */
export type OwnersGiven = Pick<MonitoredCustomer, "snapshot" | "findings" | "persons">;

/** Whether owners of a type have monitors. One that cannot be evaluated counts: its old values stay. */
export function isMonitored({ books }: Pick<MonitorBooks, "books">, ownerType: OwnerType): boolean {
  const book = books.get(ownerType);
  return book !== undefined && book.criteria.size + book.broken.size > 0;
}

/** The owners at a customer that have monitors: itself, its persons, its projects. */
export function ownersOf(given: OwnersGiven, books: MonitorBooks): readonly MonitoredOwner[] {
  const snapshot = unpackedOnce(given.snapshot);
  const { findings, persons } = given;
  const { customerId } = snapshot.customer;
  const health = healthTermsOf(snapshot, books.relationships);
  const company = (): MonitoredOwner => ({
    owner: { type: "company", customerId },
    input: companyInput({ ...snapshot, findings }, books.settings, health),
    card: {},
  });
  return [...(isMonitored(books, "company") ? [company()] : []), ...peopleAndProjects({ snapshot, persons }, books)];
}

/** A snapshot whose records are unpacked once. */
export function unpackedOnce(snapshot: OwnersGiven["snapshot"]): OwnersGiven["snapshot"] {
  let unpacked: CustomerRecords | undefined;
  return { ...snapshot, records: () => (unpacked ??= snapshot.records()) };
}

/** The persons and projects at a customer that have monitors. */
export function peopleAndProjects(
  { snapshot, persons }: Pick<OwnersGiven, "snapshot" | "persons">,
  books: MonitorBooks,
): readonly MonitoredOwner[] {
  const { customerId } = snapshot.customer;
  const health = healthTermsOf(snapshot, books.relationships);
  return [
    ...(isMonitored(books, "person")
      ? persons.map((person): MonitoredOwner => ({
          owner: { type: "person", customerId, personId: person.personId },
          input: personInput(person, snapshot.records(), health),
          card: { person },
        }))
      : []),
    ...(isMonitored(books, "project")
      ? snapshot.records().projects.map((project): MonitoredOwner => ({
          owner: { type: "project", customerId, projectId: project.projectId },
          input: projectInput(project, customerId, snapshot.records()),
          card: { project },
        }))
      : []),
  ];
}

/** What texts say of an owner that has a status. */
export function cardOf(
  { snapshot, findings, contactName }: Pick<MonitoredCustomer, "snapshot" | "findings" | "contactName">,
  { input, card }: MonitoredOwner,
  of: {
    readonly statusName: string;
    readonly since: Day;
    readonly asOf: Day;
    readonly silences: ReadonlySet<string>;
  },
): StatusCard {
  const sold = input.records.sales.filter(({ status }) => status === "sold").map((sale) => sale.day);
  const last = lastOf(sold, toDayNumber(of.asOf));
  const overdue = overdueText(snapshot.history.receivables, of.asOf);
  return {
    statusName: of.statusName,
    since: of.since,
    customer: snapshot.customer,
    contactName,
    ...card,
    ...findingsFor(findings, of.silences),
    ...(last === undefined ? {} : { lastSaleOn: toDay(last), daysSinceSale: toDayNumber(of.asOf) - last }),
    ...(overdue === undefined ? {} : { overdue }),
  };
}
