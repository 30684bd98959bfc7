import { roles } from "../../access/user.ts";
import {
  customerIdSchema,
  externalIdSchema,
  itemIdSchema,
  personIdSchema,
  projectIdSchema,
  userIdSchema,
} from "../../platform/values.ts";
import {
  amount,
  AMOUNT,
  choice,
  closure,
  currency,
  day,
  email,
  flag,
  same,
  slackUserId,
  text,
  timeZone,
  userEmail,
  userName,
  userPhone,
} from "./codecs.ts";
import { about, itemSchemaOf, optional, required } from "./field.ts";
import { amountCurrency, customerId, itemId, userIdOf } from "./shared.ts";

export const userFields = {
  userId: required(same(userIdSchema), "The employee", "R1"),
  name: optional(userName, "Name", "Sanne Vos"),
  email: optional(userEmail, "Where digests go", "sanne@example.com"),
  phone: optional(userPhone, "As customers are told it", "+31 20 555 0101"),
  role: optional(choice(roles), "rep when it is absent", "rep"),
  teamId: optional(text, "Team", "north"),
  territoryId: optional(text, "Territory", "T-12"),
  timeZone: optional(timeZone, "IANA time zone; the tenant's when it is absent", "Europe/Amsterdam"),
  slackUserId: optional(slackUserId, "Slack member", "U02ABC"),
} as const;

export const userItemSchema = itemSchemaOf(userFields).meta(
  about("An employee of the tenant", {
    userId: "R1",
    name: "Sanne Vos",
    email: "sanne@example.com",
    role: "rep",
    timeZone: "Europe/Amsterdam",
  }),
);

export const customerFields = {
  customerId,
  name: optional(text, "Name", "Acme Foods"),
  category: optional(text, "Category", "hotel"),
  repId: userIdOf("The rep it belongs to"),
  assignedUserId: userIdOf("Who else looks after it"),
  teamId: optional(text, "Team", "north"),
  territoryId: optional(text, "Territory", "T-12"),
  phone: optional(text, "Phone", "+31 20 555 0199"),
  email: optional(text, "E-mail", "kitchen@acme.example"),
  currency: optional(currency, "ISO 4217", "EUR"),
  closedFrom: optional(closure, "Closed from this day on, YYYY-MM-DD, or MM-DD for every year", "12-24"),
  closedTo: optional(closure, "Closed until this day, both included", "01-06"),
  creditHold: optional(flag, "Whether the customer may not buy on account", false),
} as const;

export const customerItemSchema = itemSchemaOf(customerFields).meta(
  about("A company that buys", { customerId: "ACME", name: "Acme Foods", repId: "R1", phone: "+31 20 555 0199" }),
);

export const personFields = {
  personId: required(same(personIdSchema), "The person", "P-77"),
  customerId,
  name: optional(text, "Name", "Ana Kovač"),
  email: optional(text, "E-mail", "ana@acme.example"),
  phone: optional(text, "Phone", "+31 6 5550 1234"),
} as const;

export const personItemSchema = itemSchemaOf(personFields).meta(
  about("Someone who works at a customer; one who changed company moves there", {
    personId: "P-77",
    customerId: "ACME",
    name: "Ana Kovač",
    phone: "+31 6 5550 1234",
  }),
);

export const itemFields = {
  itemId,
  name: optional(text, "Name", "Coffee beans, 1 kg"),
  baseUnit: optional(text, "Unit that quantities are in", "kg"),
  replacedBy: optional(same(itemIdSchema), "Its substitute", "COFFEE-1KG-BIO"),
  discontinuedOn: optional(day, "No longer sold from this day on, YYYY-MM-DD", "2026-12-31"),
  outOfStockFrom: optional(day, "First day it cannot be had, YYYY-MM-DD", "2026-10-01"),
  outOfStockTo: optional(day, "Last day it cannot be had; still so without", "2026-11-15"),
} as const;

export const itemItemSchema = itemSchemaOf(itemFields).meta(
  about("Something the tenant sells", { itemId: "COFFEE-1KG", name: "Coffee beans, 1 kg", baseUnit: "kg" }),
);

export const projectFields = {
  projectId: required(same(projectIdSchema), "The project, unique in the tenant", "PR-12"),
  customerId,
  name: optional(text, "Name", "New espresso bar"),
  status: optional(text, "The ERP's own word", "ongoing"),
  revenue: optional(amount, `What it has brought in. ${AMOUNT}`, "12000.00"),
  cost: optional(amount, `What it has cost. ${AMOUNT}`, "9500.00"),
  currency: amountCurrency,
} as const;

export const projectItemSchema = itemSchemaOf(projectFields).meta(
  about("What the tenant does for a customer over some time", {
    projectId: "PR-12",
    customerId: "ACME",
    name: "New espresso bar",
    status: "ongoing",
  }),
);

export const leadFields = {
  externalId: required(same(externalIdSchema), "Its id in the system it comes from, unique in the tenant", "sub881"),
  name: optional(text, "Name", "Olena K."),
  email: optional(email, "E-mail; kept in lower case", "olena@example.com"),
  phone: optional(text, "Phone, kept as given", "+380 67 123 4567"),
  customerId: optional(same(customerIdSchema), "The company, when it is a customer already", "ACME"),
  title: optional(text, "What it is about", "Course A"),
  amount: optional(amount, `What it may be worth. ${AMOUNT}`, "199.00"),
  currency: amountCurrency,
} as const;

export const leadItemSchema = itemSchemaOf(leadFields).meta(
  about("Someone whom sales plans may draw on", {
    externalId: "sub881",
    name: "Olena K.",
    email: "olena@example.com",
    phone: "+380 67 123 4567",
    title: "Course A",
    amount: "199.00",
    currency: "UAH",
  }),
);
