import { keyOfId } from "@regulars/core/platform/id-text";
import type { CustomerId, Day, PersonId, ProjectId, UserId } from "@regulars/core/platform/values";
import type { FamilyFates, Key, InFamily } from "../engine/key.ts";

/** Documents that have an id row. */
export type DocumentFamily = "order" | "invoice" | "person" | "project" | DatedFamily;

/** Documents stored with their customer by day, one item each. */
export type DatedFamily = keyof typeof DATED;

const DATED = { activity: "A", sale: "SALE", request: "REQ" } as const;

export const customersKeys = (inFamily: InFamily) => ({
  /** GSI1: customers by id, for lists. */
  customers: (): string => inFamily("CUSTOMERS"),
  /** GSI2: the customers of a rep, by the rep that their profile names; an empty user id for those without a rep. */
  repCustomers: (userId: UserId | undefined): string => inFamily(`CUST#${keyOfId(userId ?? "")}`),
  persons: (customerId: CustomerId): string => inFamily(`P#${keyOfId(customerId)}`),
  person: (customerId: CustomerId, personId: PersonId): Key => ({
    pk: inFamily(`P#${keyOfId(customerId)}`),
    sk: keyOfId(personId),
  }),
  /** The name of a customer; GSI1: customers by the search form of their names. */
  customerName: (customerId: CustomerId): Key => ({ pk: inFamily(`CNAME#${keyOfId(customerId)}`), sk: "NAME" }),
  customerNames: (): string => inFamily("CNAMES"),
  /** GSI1: persons by the search form of their names; GSI2: with the last word first. */
  personNames: (): string => inFamily("PNAMES"),
  personLastNames: (): string => inFamily("PLAST"),
  documents: (family: DatedFamily, customerId: CustomerId): string =>
    inFamily(`${DATED[family]}#${keyOfId(customerId)}`),
  document: (family: DatedFamily, customerId: CustomerId, on: Day, id: string): Key => ({
    pk: inFamily(`${DATED[family]}#${keyOfId(customerId)}`),
    sk: `${on}#${keyOfId(id)}`,
  }),
  /** Where a person has activities: one item for each customer. */
  personPlaces: (personId: PersonId): string => inFamily(`PLACE#${keyOfId(personId)}`),
  personPlace: (personId: PersonId, customerId: CustomerId): Key => ({
    pk: inFamily(`PLACE#${keyOfId(personId)}`),
    sk: keyOfId(customerId),
  }),
  projects: (customerId: CustomerId): string => inFamily(`PROJ#${keyOfId(customerId)}`),
  project: (customerId: CustomerId, projectId: ProjectId): Key => ({
    pk: inFamily(`PROJ#${keyOfId(customerId)}`),
    sk: keyOfId(projectId),
  }),
  /** The id row of a document: where it is stored, and the hash of its content. */
  documentId: (family: DocumentFamily, id: string): Key => ({
    pk: inFamily(`X#${family}#${keyOfId(id)}`),
    sk: "ID",
  }),
});

export const customersFates = {
  A: { kind: "activities", fate: "of-customer" },
  SALE: { kind: "sales", fate: "of-customer" },
  REQ: { kind: "support requests", fate: "of-customer" },
  PROJ: { kind: "projects", fate: "of-customer" },
  CNAME: { kind: "names of customers", fate: "of-customer" },
} as const satisfies FamilyFates;
