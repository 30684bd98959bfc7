import { activityTypes, directions } from "../../customers/activity.ts";
import { saleStatuses } from "../../customers/sale.ts";
import {
  activityIdSchema,
  customerIdSchema,
  itemIdSchema,
  personIdSchema,
  projectIdSchema,
  requestIdSchema,
  saleIdSchema,
} from "../../platform/values.ts";
import { AMOUNT, MOMENT, amount, choice, flag, lag, minutes, moment, same, share, text } from "./codecs.ts";
import { attendees } from "./attendees.ts";
import { about, itemSchemaOf, optional, required } from "./field.ts";
import { amountCurrency, customerId, itemId, userIdOf } from "./shared.ts";

/** An activity belongs to a customer, its own or its person's: which of the two is needed, its assembly says. */
export const activityFields = {
  activityId: required(same(activityIdSchema), "The activity, unique in the tenant", "A-501"),
  type: required(choice(activityTypes), "What it is", "call"),
  direction: optional(choice(directions), "in came from the customer, out went there; none when it is absent", "out"),
  userId: userIdOf("The employee"),
  personId: optional(same(personIdSchema), "The person at the customer", "P-77"),
  customerId: optional(
    same(customerIdSchema),
    "The customer; the person's customer of that time when it is absent",
    "ACME",
  ),
  occurredAt: required(moment, MOMENT, "2026-11-23T09:30:00Z"),
  completed: optional(flag, "true when it is absent", true),
  threadId: optional(text, "The conversation that a message is part of", "TH-9"),
  attendees: optional(
    attendees,
    "The people from outside who took part: how many, or their person ids, separated by ; , or |",
    3,
  ),
  durationMinutes: optional(minutes, "How long a meeting or call was, 0 to 10080 minutes", 45),
  automatic: optional(flag, "Sent by a program (out-of-office, bounce, receipt): counted nowhere", false),
  mass: optional(flag, "Sent to a mass (newsletter, mailing list): counted nowhere", false),
} as const;

export const activityItemSchema = itemSchemaOf(activityFields).meta(
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

export const saleFields = {
  saleId: required(same(saleIdSchema), "The sale, unique in the tenant", "S-31"),
  customerId,
  projectId: optional(same(projectIdSchema), "The project that it is part of", "PR-12"),
  status: optional(choice(saleStatuses), "open when it is absent", "open"),
  amount: optional(amount, `What it is worth. ${AMOUNT}`, "1500.00"),
  currency: amountCurrency,
  saleDate: required(moment, MOMENT, "2026-11-23"),
} as const;

export const saleItemSchema = itemSchemaOf(saleFields).meta(
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

export const requestFields = {
  requestId: required(same(requestIdSchema), "The request, unique in the tenant", "T-9001"),
  customerId,
  personId: optional(same(personIdSchema), "Who asked", "P-77"),
  createdAt: required(moment, MOMENT, "2026-11-23T09:30:00Z"),
  closedAt: optional(moment, "Open without", "2026-11-24T15:00:00Z"),
} as const;

export const requestItemSchema = itemSchemaOf(requestFields).meta(
  about("A support case, open until it is closed", {
    requestId: "T-9001",
    customerId: "ACME",
    personId: "P-77",
    createdAt: "2026-11-23T09:30:00Z",
  }),
);

const RATIO = "Whole number from 1 to 1000; 1 when it is absent";

export const linkFields = {
  itemId,
  linkedItemId: required(same(itemIdSchema), "The item that is bought with it", "FILTER-100"),
  ratio: optional(share, `So many of the item. ${RATIO}`, 1),
  linkedRatio: optional(share, `go with so many of the linked one. ${RATIO}`, 2),
  lagDays: optional(lag, "The linked item is bought so many days later, 0 to 365; 0 when it is absent", 14),
  bidirectional: optional(flag, "Whether the mirrored expectation is shown too; false when it is absent", true),
} as const;

export const linkItemSchema = itemSchemaOf(linkFields).meta(
  about("Two items that are bought together, one way", {
    itemId: "COFFEE-1KG",
    linkedItemId: "FILTER-100",
    ratio: 1,
    linkedRatio: 2,
  }),
);
