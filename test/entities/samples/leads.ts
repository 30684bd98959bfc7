import type { Contact } from "@regulars/core/contacts/contact";
import type { IdempotencyRecord } from "@regulars/core/deals/idempotency-record";
import type { InboundRequest } from "@regulars/core/leads/inbound-request";
import type { QueuedLead } from "@regulars/core/leads/queued-lead";
import { personIdSchema } from "@regulars/core/platform/values";
import type { Filled } from "../fields.ts";
import { deal, brief } from "./deals.ts";
import { at, anna, planId, statusId, dealId, personId, by } from "./values.ts";

export const contact: Filled<Contact> = {
  personId,
  externalId: "crm-7",
  name: "Olena K.",
  email: "olena@example.com",
  phone: "+380501234567",
  ownerId: anna,
  customerPersonId: personIdSchema.parse("P-77"),
  createdAt: at,
};

export const queued: Filled<QueuedLead> = { kind: "lead", sequence: 1, deal, chosen: anna, isNewPerson: true, ...by };

export const idempotencyRecord: Filled<IdempotencyRecord> = {
  fingerprint: "f1",
  dealId,
  isDuplicate: true,
  requestId: "req-1",
  expiresAt: 1_900_000_000,
  answer: { statusId, version: 2, assignment: brief },
};

export const inboundRequest: Filled<InboundRequest> = {
  requestId: "req-1",
  actorId: "key:k1",
  scope: "key:k1",
  action: "leads.add",
  planId,
  at,
  status: 422,
  problem: "unusable-fields",
  paths: ["deal.amount"],
  dealId,
  key: "order-1",
  isStrict: true,
  isReplayOf: "req-0",
  body: "{}",
};
