import type { Customer } from "../customers/customer.ts";
import type { Person } from "../customers/person.ts";
import type { FindingState } from "./snapshot-facts.ts";
import type { CustomerRecords } from "../snapshots/customer-records.ts";
import type { History } from "../snapshots/history.ts";
import type { CounterSettings } from "./counter-settings.ts";
import type { HealthTerms } from "./health-facts.ts";
import type { LevelsAhead } from "./levels-ahead.ts";
import type { Owner, OwnerType } from "./owner.ts";
import type { OwnerInput } from "./owner-facts.ts";
import { companyInput, healthTermsOf, personInput, projectInput } from "./snapshot-facts.ts";

/** A customer with what belongs to it. */
interface CustomerWith {
  readonly customer: Customer;
  readonly history: History;
  readonly findings: readonly FindingState[];
  readonly levelsAhead?: LevelsAhead | undefined;
  readonly records: () => CustomerRecords;
  readonly outPersons: HealthTerms["outPersons"];
  /** Needed for owners that are persons only. */
  readonly persons: readonly Person[];
}

/** What the values of fields depend on besides the customer. */
interface TenantTerms extends Pick<HealthTerms, "relationships"> {
  readonly settings: CounterSettings;
}

/** One owner with what criteria read of it. */
export interface OwnerAt {
  readonly owner: Owner;
  readonly input: OwnerInput;
}

/** The owners of a type at one customer: the customer itself, its persons, or its projects. */
export function ownersAt(
  { persons, ...snapshot }: CustomerWith,
  ownerType: OwnerType,
  { settings, relationships }: TenantTerms,
): readonly OwnerAt[] {
  const { customerId } = snapshot.customer;
  const health = healthTermsOf(snapshot, relationships);
  if (ownerType === "company")
    return [{ owner: { type: "company", customerId }, input: companyInput(snapshot, settings, health) }];
  const records = snapshot.records();
  if (ownerType === "person")
    return persons.map((person) => ({
      owner: { type: "person", customerId, personId: person.personId },
      input: personInput(person, records, health),
    }));
  return records.projects.map((project) => ({
    owner: { type: "project", customerId, projectId: project.projectId },
    input: projectInput(project, customerId, records),
  }));
}
