import type { RecordStore } from "@regulars/core/imports/record-store";
import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import type { StatusCard } from "@regulars/core/monitors/status-template";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { Person } from "@regulars/core/customers/person";
import type { Project } from "@regulars/core/customers/project";
import type { CustomerId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import { type OurContact, ourContactAt } from "./our-contact.ts";

interface CardSources {
  readonly tenant: Pick<Tenant, "name">;
  readonly nightly: Pick<NightlyStore, "profiles" | "users" | "personsOf">;
  readonly records: Pick<RecordStore, "projectsOf">;
}

/** The card of a member, and who of us is responsible for it. */
export interface MemberCard extends StatusCard, Pick<OurContact, "responsible"> {}

/** The card of each owner, for its texts; `undefined` for one that is not there any more. */
export async function memberCards(
  { tenant, nightly, records }: CardSources,
  owners: readonly Owner[],
): Promise<(owner: Owner) => MemberCard | undefined> {
  const customerIds = [...new Set(owners.map(({ customerId }) => customerId))];
  const ofType = (type: Owner["type"]) => [
    ...new Set(owners.filter((owner) => owner.type === type).map(({ customerId }) => customerId)),
  ];
  const [profiles, users, persons, projects] = await Promise.all([
    nightly.profiles(customerIds),
    nightly.users(),
    mapConcurrent(ofType("person"), (customerId) => nightly.personsOf(customerId)),
    mapConcurrent(ofType("project"), (customerId) => projectsOf(records, customerId)),
  ]);
  const known = { tenant, users: new Map(users.map((user) => [user.userId, user])) };
  const personOf = new Map(persons.flat().map((person): [string, Person] => [person.personId, person]));
  const projectOf = new Map(projects.flat().map((project): [string, Project] => [project.projectId, project]));
  return (owner) => {
    const person = owner.type === "person" ? personOf.get(owner.personId) : undefined;
    const project = owner.type === "project" ? projectOf.get(owner.projectId) : undefined;
    if (owner.type === "person" && person === undefined) return undefined;
    if (owner.type === "project" && project === undefined) return undefined;
    const customer = profiles.get(owner.customerId) ?? { customerId: owner.customerId };
    const { name: contactName, responsible } = ourContactAt(known, customer);
    return {
      statusName: "",
      since: "",
      customer,
      contactName,
      responsible,
      person,
      project,
    };
  };
}

/** The name of an owner; the id of one without a name, and of one that is not there any more. */
export function ownerName(owner: Owner, card: StatusCard | undefined): string {
  const named = { company: card?.customer, person: card?.person, project: card?.project }[owner.type];
  return named?.name ?? ownerIdOf(owner);
}

async function projectsOf({ projectsOf: read }: Pick<RecordStore, "projectsOf">, customerId: CustomerId) {
  const found: Project[] = [];
  for await (const project of read(customerId)) found.push(project);
  return found;
}
