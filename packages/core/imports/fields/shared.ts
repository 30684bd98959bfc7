import { customerIdSchema, itemIdSchema, userIdSchema } from "../../platform/values.ts";
import { currency, same } from "./codecs.ts";
import { optional, required } from "./field.ts";

/** Fields that several import kinds have. */
export const customerId = required(same(customerIdSchema), "The customer, a company", "ACME");
export const itemId = required(same(itemIdSchema), "The item, as the ERP calls it", "COFFEE-1KG");
export const userIdOf = (description: string) => optional(same(userIdSchema), description, "R1");
export const amountCurrency = optional(currency, "ISO 4217; the tenant's base currency when it is absent", "EUR");
