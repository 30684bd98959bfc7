import * as z from "zod";
import { activityTypes, directions } from "../customers/activity.ts";
import { saleStatuses } from "../customers/sale.ts";
import {
  activityIdSchema,
  customerIdSchema,
  itemIdSchema,
  personIdSchema,
  projectIdSchema,
  requestIdSchema,
  saleIdSchema,
} from "../platform/values.ts";
import {
  AMOUNT,
  MOMENT,
  about,
  amountField,
  choiceField,
  currencyField,
  customerIdInput,
  itemIdInput,
  momentField,
  numberField,
  userIdInput,
} from "./ingest-fields.ts";

export const activityItemSchema = z
  .strictObject({
    activityId: activityIdSchema.in.meta(about("The activity, unique in the tenant", "A-501")),
    type: choiceField(activityTypes).meta(about("What it is", "call")),
    direction: choiceField(directions)
      .nullish()
      .meta(about("in came from the customer, out went there; none when it is absent", "out")),
    userId: userIdInput("The employee"),
    personId: personIdSchema.in.nullish().meta(about("The person at the customer", "P-77")),
    customerId: customerIdSchema.in
      .nullish()
      .meta(about("The customer; the person's customer of that time when it is absent", "ACME")),
    occurredAt: momentField.meta(about(MOMENT, "2026-11-23T09:30:00Z")),
    completed: z.boolean().nullish().meta(about("true when it is absent", true)),
  })
  .meta(
    about("What passed, or is to pass, between employees and a customer; customerId or personId is needed", {
      activityId: "A-501",
      type: "call",
      direction: "out",
      userId: "R1",
      personId: "P-77",
      customerId: "ACME",
      occurredAt: "2026-11-23T09:30:00Z",
      completed: true,
    }),
  );

export const saleItemSchema = z
  .strictObject({
    saleId: saleIdSchema.in.meta(about("The sale, unique in the tenant", "S-31")),
    customerId: customerIdInput,
    projectId: projectIdSchema.in.nullish().meta(about("The project that it is part of", "PR-12")),
    status: choiceField(saleStatuses).nullish().meta(about("open when it is absent", "open")),
    amount: amountField.nullish().meta(about(`What it is worth. ${AMOUNT}`, "1500.00")),
    currency: currencyField,
    saleDate: momentField.meta(about(MOMENT, "2026-11-23")),
  })
  .meta(
    about("A sale that people work on; no order of the ERP", {
      saleId: "S-31",
      customerId: "ACME",
      projectId: "PR-12",
      status: "open",
      amount: "1500.00",
      currency: "EUR",
      saleDate: "2026-11-23",
    }),
  );

export const requestItemSchema = z
  .strictObject({
    requestId: requestIdSchema.in.meta(about("The request, unique in the tenant", "T-9001")),
    customerId: customerIdInput,
    personId: personIdSchema.in.nullish().meta(about("Who asked", "P-77")),
    createdAt: momentField.meta(about(MOMENT, "2026-11-23T09:30:00Z")),
    closedAt: momentField.nullish().meta(about("Open without", "2026-11-24T15:00:00Z")),
  })
  .meta(
    about("A support case, open until it is closed", {
      requestId: "T-9001",
      customerId: "ACME",
      personId: "P-77",
      createdAt: "2026-11-23T09:30:00Z",
    }),
  );

const RATIO = "Whole number from 1 to 999999; 1 when it is absent";

export const linkItemSchema = z
  .strictObject({
    itemId: itemIdInput,
    linkedItemId: itemIdSchema.in.meta(about("The item that is bought with it", "FILTER-100")),
    ratio: numberField.nullish().meta(about(`So many of the item. ${RATIO}`, 1)),
    linkedRatio: numberField.nullish().meta(about(`go with so many of the linked one. ${RATIO}`, 2)),
  })
  .meta(
    about("Two items that are bought together, one way", {
      itemId: "COFFEE-1KG",
      linkedItemId: "FILTER-100",
      ratio: 1,
      linkedRatio: 2,
    }),
  );
