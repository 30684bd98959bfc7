import { type Activity, activityTypes, directions } from "@regulars/core/customers/activity";
import type { Person } from "@regulars/core/customers/person";
import type { Project } from "@regulars/core/customers/project";
import { type Sale, saleStatuses } from "@regulars/core/customers/sale";
import type { SupportRequest } from "@regulars/core/customers/support-request";
import {
  type CustomerId,
  type Day,
  activityIdSchema,
  currencySchema,
  customerIdSchema,
  daySchema,
  instantSchema,
  minorSchema,
  personIdSchema,
  projectIdSchema,
  requestIdSchema,
  saleIdSchema,
  userIdSchema,
} from "@regulars/core/platform/values";
import * as z from "zod";
import type { CustomerFamily } from "./customer-documents.ts";
import type { DatedFamily, keysOf } from "../keys.ts";

const text = z.string().optional();

const personSchema = z.object({
  personId: personIdSchema,
  customerId: customerIdSchema,
  name: text,
  email: text,
  phone: text,
});

const activitySchema = z.object({
  activityId: activityIdSchema,
  customerId: customerIdSchema,
  type: z.enum(activityTypes),
  direction: z.enum(directions),
  userId: userIdSchema.optional(),
  personId: personIdSchema.optional(),
  occurredAt: instantSchema,
  occurredOn: daySchema,
  completed: z.boolean(),
});

const saleSchema = z.object({
  saleId: saleIdSchema,
  customerId: customerIdSchema,
  projectId: projectIdSchema.optional(),
  status: z.enum(saleStatuses),
  saleOn: daySchema,
  amountMinor: minorSchema.optional(),
  currency: currencySchema.optional(),
});

const requestSchema = z.object({
  requestId: requestIdSchema,
  customerId: customerIdSchema,
  personId: personIdSchema.optional(),
  createdAt: instantSchema,
  createdOn: daySchema,
  closedAt: instantSchema.optional(),
  closedOn: daySchema.optional(),
});

const projectSchema = z.object({
  projectId: projectIdSchema,
  customerId: customerIdSchema,
  name: text,
  status: text,
});

/** Every family of documents that lie at their customers, but orders and invoices, which have marks and parts. */
export function familiesOf(keys: ReturnType<typeof keysOf>) {
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
  };
  const activities: CustomerFamily<Activity> = {
    ...dated("activity"),
    event: "activity-changed",
    schema: activitySchema,
    placeOf: ({ activityId: id, customerId, occurredOn: on }) => ({ id, customerId, on }),
  };
  const sales: CustomerFamily<Sale> = {
    ...dated("sale"),
    schema: saleSchema,
    placeOf: ({ saleId: id, customerId, saleOn: on }) => ({ id, customerId, on }),
  };
  const requests: CustomerFamily<SupportRequest> = {
    ...dated("request"),
    schema: requestSchema,
    placeOf: ({ requestId: id, customerId, createdOn: on }) => ({ id, customerId, on }),
  };
  const projects: CustomerFamily<Project> = {
    name: "project",
    schema: projectSchema,
    placeOf: ({ projectId: id, customerId }) => ({ id, customerId }),
    partition: (customerId) => keys.projects(customerId),
    key: (customerId, _on, id) => keys.project(customerId, projectIdSchema.parse(id)),
  };
  return { persons, activities, sales, requests, projects };
}
