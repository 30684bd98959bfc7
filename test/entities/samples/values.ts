import {
  dealIdSchema,
  operationIdSchema,
  contactIdSchema,
  planIdSchema,
  reasonIdSchema,
  statusIdSchema,
} from "@regulars/core/platform/ids";
import { currencySchema, minor, toInstant, userIdSchema } from "@regulars/core/platform/values";

/** Values that the samples share. */
export const at = toInstant(Date.parse("2026-11-23T12:00:00Z"));
export const anna = userIdSchema.parse("anna");
export const planId = planIdSchema.parse("pln_1");
export const statusId = statusIdSchema.parse("st_lost");
export const dealId = dealIdSchema.parse("deal_1_1");
export const personId = contactIdSchema.parse("per_1");
export const reasonId = reasonIdSchema.parse("rsn_price");
export const operationId = operationIdSchema.parse("op_1");
export const currency = currencySchema.parse("EUR");
export const worth = { amountMinor: minor(19_900), currency };

/** Who made the changes of the samples, and in which request. */
export const by = { actorId: "key:k1", requestId: "req-1" };

/** The idempotency key of the sample lead. */
export const key = { scope: "key:k1", key: "order-1" };
