import type { CustomerId, Day, PersonId, ProjectId, UserId } from "@regulars/core/platform/values";
import type { Key, InFamily } from "../engine/key.ts";

/** Documents that have an id row. */
export type DocumentFamily = "order" | "invoice" | "person" | "project" | DatedFamily;

/** Documents that lie at their customer by day, one item each. */
export type DatedFamily = keyof typeof DATED;

const DATED = { activity: "A", sale: "SALE", request: "REQ" } as const;

export const customersKeys = (inFamily: InFamily) => ({
  /** GSI1: customers by id, for lists. */
  customers: (): string => inFamily("CUSTOMERS"),
  /** GSI2: a rep's customers, as their profiles name the rep; those without one under none. */
  repCustomers: (userId: UserId | undefined): string => inFamily(`CUST#${userId ?? ""}`),
  persons: (customerId: CustomerId): string => inFamily(`P#${customerId}`),
  person: (customerId: CustomerId, personId: PersonId): Key => ({ pk: inFamily(`P#${customerId}`), sk: personId }),
  documents: (family: DatedFamily, customerId: CustomerId): string => inFamily(`${DATED[family]}#${customerId}`),
  document: (family: DatedFamily, customerId: CustomerId, on: Day, id: string): Key => ({
    pk: inFamily(`${DATED[family]}#${customerId}`),
    sk: `${on}#${id}`,
  }),
  projects: (customerId: CustomerId): string => inFamily(`PROJ#${customerId}`),
  project: (customerId: CustomerId, projectId: ProjectId): Key => ({
    pk: inFamily(`PROJ#${customerId}`),
    sk: projectId,
  }),
  /** Where a document lies and what it said: makes an id unique and a repeated import free. */
  documentId: (family: DocumentFamily, id: string): Key => ({
    pk: inFamily(`X#${family}#${id}`),
    sk: "ID",
  }),
});
