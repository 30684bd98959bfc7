import { randomBytes } from "node:crypto";

/** 32 random bytes in the form of a Standard Webhooks secret. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;
