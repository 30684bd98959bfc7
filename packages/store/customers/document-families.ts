import { type Activity, activitySchema } from "@regulars/core/customers/activity";
import { type Person, personSchema } from "@regulars/core/customers/person";
import { type Project, projectSchema } from "@regulars/core/customers/project";
import { type Sale, saleSchema } from "@regulars/core/customers/sale";
import { type SupportRequest, supportRequestSchema } from "@regulars/core/customers/support-request";
import { type CustomerId, type Day, personIdSchema, projectIdSchema } from "@regulars/core/platform/values";
import type { CustomerFamily } from "./customer-documents.ts";
import type { DatedFamily } from "./keys.ts";
import { listedPerson } from "./name-search.ts";
import type { Keys } from "../keys.ts";

/** Every family of customer documents, except orders and invoices, which have dirty markers and parts. */
export function familiesOf(keys: Keys) {
  const dated = (name: DatedFamily) => ({
    name,
    partition: (customerId: CustomerId) => keys.documents(name, customerId),
    key: (customerId: CustomerId, on: Day, id: string) => keys.document(name, customerId, on, id),
  });
  const persons: CustomerFamily<Person> = {
    name: "person",
    schema: personSchema,
    placeOf: ({ personId: id, customerId }) => ({ id, customerId }),
    partition: (customerId) => keys.persons(customerId),
    key: (customerId, _on, id) => keys.person(customerId, personIdSchema.parse(id)),
    listed: (person) => listedPerson(keys, person),
  };
  const activities: CustomerFamily<Activity> = {
    ...dated("activity"),
    event: "activity-changed",
    schema: activitySchema,
    placeOf: ({ activityId: id, customerId, occurredOn: on }) => ({ id, customerId, on }),
  };
  const sales: CustomerFamily<Sale> = {
    ...dated("sale"),
    event: "sale-changed",
    schema: saleSchema,
    placeOf: ({ saleId: id, customerId, saleOn: on }) => ({ id, customerId, on }),
  };
  const requests: CustomerFamily<SupportRequest> = {
    ...dated("request"),
    event: "request-changed",
    schema: supportRequestSchema,
    placeOf: ({ requestId: id, customerId, createdOn: on }) => ({ id, customerId, on }),
  };
  const projects: CustomerFamily<Project> = {
    name: "project",
    event: "project-changed",
    schema: projectSchema,
    placeOf: ({ projectId: id, customerId }) => ({ id, customerId }),
    partition: (customerId) => keys.projects(customerId),
    key: (customerId, _on, id) => keys.project(customerId, projectIdSchema.parse(id)),
  };
  return { persons, activities, sales, requests, projects };
}
