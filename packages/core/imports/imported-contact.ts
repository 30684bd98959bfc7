import type { Currency, CustomerId, ExternalId, Minor } from "../platform/values.ts";

/** Someone whom sales plans may draw on: one record for each id of the system that he or she comes from. */
export interface Lead {
  readonly externalId: ExternalId;
  readonly name?: string | undefined;
  /** Normalised: people are matched by it. */
  readonly email?: string | undefined;
  /** As given. */
  readonly phone?: string | undefined;
  /** The company, when it is a customer already. */
  readonly customerId?: CustomerId | undefined;
  readonly title?: string | undefined;
  /** In `currency`; the two are told together or not at all. */
  readonly amountMinor?: Minor | undefined;
  readonly currency?: Currency | undefined;
}

const EMAIL = /^[^\s@<>,;]+@[^\s@<>,;]+$/;

/** An e-mail address as it is compared, or `undefined` when it is none. */
export function normaliseEmail(text: string): string | undefined {
  const address = text.trim().normalize("NFC").toLowerCase();
  return EMAIL.test(address) ? address : undefined;
}
