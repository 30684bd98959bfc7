import { phoneCountryOf } from "@regulars/core/tenants/phone-country";
import type { ItemError } from "@regulars/core/platform/field-error";
import { type Identity, identitiesOf } from "@regulars/core/contacts/identity";
import { type UsableLead, keptOf } from "@regulars/core/leads/not-used";
import { type LeadPayload } from "@regulars/core/leads/lead-payload";
import { ok } from "@regulars/core/platform/result";
import type { SalesContext } from "../sales-context.ts";

/** A lead's identities, and the person's phone number in E.164. */
export interface Who {
  readonly identities: readonly Identity[];
  readonly phone?: string | undefined;
}

export interface UnreadablePhone {
  readonly ok: false;
  readonly reason: "unusable-fields";
  readonly message: string;
  readonly errors: readonly ItemError[];
}

/**
 * The identities of a lead's person: external id, e-mail address and phone number. A number without a country code is
 * read as the tenant's.
 */
export async function resolveContact(
  { tenant, effects }: SalesContext,
  { person }: Pick<LeadPayload, "person">,
): Promise<{ readonly ok: true; readonly value: Who } | UnreadablePhone> {
  if (person.phone === undefined) return ok({ identities: identitiesOf(person, undefined) });
  const phone = await effects.readPhone(person.phone, phoneCountryOf(tenant));
  if (phone !== undefined) return ok({ identities: identitiesOf(person, phone), phone });
  const message = "is not a phone number: write it with its country code, like +380671234567";
  const field: ItemError = { path: "person.phone", code: "phone-unreadable", message };
  return { ok: false, reason: "unusable-fields", message: "some fields cannot be used: see errors", errors: [field] };
}

/**
 * A lead's identities, and the fields of its person that cannot be used. A phone number that cannot be read does not
 * refuse the lead: when nothing else was given, the person has no identity, and somebody reads the number on the deal.
 */
export async function resolveUsableContact(
  context: SalesContext,
  { lead, notUsed }: UsableLead,
): Promise<UsableLead & { readonly who: Who }> {
  const who = await resolveContact(context, lead);
  if (who.ok) return { who: who.value, lead, notUsed };
  const { phone, ...person } = lead.person;
  const kept = who.errors.map((error) => keptOf(error, phone));
  const identities = identitiesOf(person, undefined);
  return { who: { identities }, lead: { ...lead, person }, notUsed: [...notUsed, ...kept] };
}
