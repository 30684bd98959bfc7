import * as z from "zod";
import { roles } from "../access/user.ts";
import {
  currencySchema,
  daySchema,
  externalIdSchema,
  customerIdSchema,
  itemIdSchema,
  personIdSchema,
  projectIdSchema,
  userIdSchema,
} from "../platform/values.ts";
import {
  AMOUNT,
  about,
  amountField,
  choiceField,
  currencyField,
  customerIdInput,
  itemIdInput,
  textField,
  userIdInput,
} from "./ingest-fields.ts";

export const userItemSchema = z
  .strictObject({
    userId: userIdSchema.in.meta(about("The employee", "R1")),
    name: textField("Name", "Sanne Vos"),
    email: textField("Where digests go", "sanne@example.com"),
    phone: textField("As customers are told it", "+31 20 555 0101"),
    role: choiceField(roles).nullish().meta(about("rep when it is absent", "rep")),
    teamId: textField("Team", "north"),
    territoryId: textField("Territory", "T-12"),
    timeZone: textField("IANA time zone; the tenant's when it is absent", "Europe/Amsterdam"),
    slackUserId: textField("Slack member", "U02ABC"),
  })
  .meta(
    about("An employee of the tenant", {
      userId: "R1",
      name: "Sanne Vos",
      email: "sanne@example.com",
      role: "rep",
      timeZone: "Europe/Amsterdam",
    }),
  );

const CLOSING = "Closed from this day on, YYYY-MM-DD, or MM-DD for every year";

export const customerItemSchema = z
  .strictObject({
    customerId: customerIdInput,
    name: textField("Name", "Acme Foods"),
    category: textField("Category", "hotel"),
    repId: userIdInput("The rep it belongs to"),
    assignedUserId: userIdInput("Who else looks after it"),
    teamId: textField("Team", "north"),
    territoryId: textField("Territory", "T-12"),
    phone: textField("Phone", "+31 20 555 0199"),
    email: textField("E-mail", "kitchen@acme.example"),
    currency: currencySchema.in.nullish().meta(about("ISO 4217", "EUR")),
    closedFrom: textField(CLOSING, "12-24"),
    closedTo: textField("Closed until this day, both included", "01-06"),
    creditHold: z.boolean().nullish().meta(about("Whether the customer may not buy on account", false)),
  })
  .meta(
    about("A company that buys", { customerId: "ACME", name: "Acme Foods", repId: "R1", phone: "+31 20 555 0199" }),
  );

export const personItemSchema = z
  .strictObject({
    personId: personIdSchema.in.meta(about("The person", "P-77")),
    customerId: customerIdInput,
    name: textField("Name", "Ana Kovač"),
    email: textField("E-mail", "ana@acme.example"),
    phone: textField("Phone", "+31 6 5550 1234"),
  })
  .meta(
    about("Someone who works at a customer; one who changed company moves there", {
      personId: "P-77",
      customerId: "ACME",
      name: "Ana Kovač",
      phone: "+31 6 5550 1234",
    }),
  );

export const itemItemSchema = z
  .strictObject({
    itemId: itemIdInput,
    name: textField("Name", "Coffee beans, 1 kg"),
    baseUnit: textField("Unit that quantities are in", "kg"),
    replacedBy: itemIdSchema.in.nullish().meta(about("Its substitute", "COFFEE-1KG-BIO")),
    discontinuedOn: daySchema.in.nullish().meta(about("No longer sold from this day on, YYYY-MM-DD", "2026-12-31")),
    outOfStockFrom: daySchema.in.nullish().meta(about("First day it cannot be had, YYYY-MM-DD", "2026-10-01")),
    outOfStockTo: daySchema.in.nullish().meta(about("Last day it cannot be had; still so without", "2026-11-15")),
  })
  .meta(about("Something the tenant sells", { itemId: "COFFEE-1KG", name: "Coffee beans, 1 kg", baseUnit: "kg" }));

export const projectItemSchema = z
  .strictObject({
    projectId: projectIdSchema.in.meta(about("The project, unique in the tenant", "PR-12")),
    customerId: customerIdInput,
    name: textField("Name", "New espresso bar"),
    status: textField("The ERP's own word", "ongoing"),
  })
  .meta(
    about("What the tenant does for a customer over some time", {
      projectId: "PR-12",
      customerId: "ACME",
      name: "New espresso bar",
      status: "ongoing",
    }),
  );

export const leadItemSchema = z
  .strictObject({
    externalId: externalIdSchema.in.meta(about("Its id in the system it comes from, unique in the tenant", "sub881")),
    name: textField("Name", "Olena K."),
    email: textField("E-mail; kept in lower case", "olena@example.com"),
    phone: textField("Phone, kept as given", "+380 67 123 4567"),
    customerId: customerIdSchema.in.nullish().meta(about("The company, when it is a customer already", "ACME")),
    title: textField("What it is about", "Course A"),
    amount: amountField.nullish().meta(about(`What it may be worth. ${AMOUNT}`, "199.00")),
    currency: currencyField,
  })
  .meta(
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
