import type { ImportStore } from "@regulars/core/imports/import-store";
import type { RecordStore } from "@regulars/core/imports/record-store";
import type { Person } from "@regulars/core/customers/person";
import { CustomerDocuments, type FurtherWrites } from "../customers/customer-documents.ts";
import { familiesOf } from "../customers/document-families.ts";
import { PlacedActivities } from "../customers/placed-activities.ts";
import type { ItemLinks } from "../catalog/item-links.ts";
import type { EventSubscriber } from "../engine/event-writes.ts";
import type { Keys } from "../keys.ts";
import { ImportedContacts } from "./imported-contacts.ts";
import type { Operations } from "../engine/operations.ts";

/** A tenant's records other than orders and invoices: their readers, and their savers for the import. */
export function openRecords(
  operations: Operations,
  keys: Keys,
  subscriber: EventSubscriber,
  furtherOfPersons: FurtherWrites<Person>,
  links: ItemLinks,
) {
  const families = familiesOf(keys);
  const persons = new CustomerDocuments(operations, keys, families.persons, subscriber, furtherOfPersons);
  const activities = new CustomerDocuments(operations, keys, families.activities, subscriber);
  const placed = new PlacedActivities(operations, keys, activities, persons);
  const sales = new CustomerDocuments(operations, keys, families.sales, subscriber);
  const requests = new CustomerDocuments(operations, keys, families.requests, subscriber);
  const projects = new CustomerDocuments(operations, keys, families.projects, subscriber);
  const leads = new ImportedContacts(operations, keys);
  const records: RecordStore = {
    activitiesOf: (customerId, range) => activities.of(customerId, range),
    findActivity: (activityId) => activities.find(activityId),
    salesOf: (customerId, range) => sales.of(customerId, range),
    requestsOf: (customerId, range) => requests.of(customerId, range),
    projectsOf: (customerId) => projects.of(customerId),
    customersOf: (kind, ids) => ({ persons, projects })[kind].customersOf(ids),
    remove: (kind, id, companion) => ({ activities, sales, requests })[kind].remove(id, companion),
    links: () => links.list(),
    findLead: (externalId) => leads.find(externalId),
    leads: (limit, after) => leads.page(limit, after),
  };
  const imports = {
    /** A person who changed companies moves to the new customer. */
    savePersons: async (batch, keep, note) => {
      const counts = await persons.save(batch, keep, note);
      await placed.moveIn(batch);
      return counts;
    },
    saveActivities: (batch, note) => placed.save(batch, note),
    saveSales: (batch, note) => sales.save(batch, [], note),
    saveRequests: (batch, note) => requests.save(batch, [], note),
    saveProjects: (batch, keep, note) => projects.save(batch, keep, note),
    saveLinks: (batch, note) => links.save(batch, note),
    saveLeads: (batch, keep, note) => leads.save(batch, keep, note),
  } satisfies Partial<ImportStore>;
  return { persons, activities, placed, sales, requests, projects, records, imports };
}
