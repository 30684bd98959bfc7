import type { NotUsed } from "@regulars/core/deals/not-used";
import { dealTerms } from "@regulars/core/leads/draft-deal";
import type { LeadPayload } from "@regulars/core/leads/lead-payload";
import { usableTerms } from "@regulars/core/leads/usable-terms";
import { type Result, ok } from "@regulars/core/platform/result";
import type { SalesContext } from "../sales-context.ts";
import { type UnreadablePhone, resolveContact, resolveUsableContact } from "../contacts/resolve-contact.ts";

/** A lead as it was sent. */
export interface GivenLead {
  readonly lead: LeadPayload;
  /**
   * What of its payload could not be used. When it is given, even empty, what the plan or the person cannot use is left
   * out too and told; without it such a field refuses the lead.
   */
  readonly notUsed?: readonly NotUsed[] | undefined;
}

/** Who a lead is about. */
export async function contactOf(
  context: SalesContext,
  { lead, notUsed }: GivenLead,
): Promise<Result<Awaited<ReturnType<typeof resolveUsableContact>>> | UnreadablePhone> {
  if (notUsed !== undefined) return ok(await resolveUsableContact(context, { lead, notUsed }));
  const who = await resolveContact(context, lead);
  return who.ok ? ok({ who: who.value, lead, notUsed: [] }) : who;
}

/** The terms of a lead's deal; `isTolerant` leaves out what the plan cannot use. */
export function termsOf(
  isTolerant: boolean,
  ...[plan, usable, reasons, now]: Parameters<typeof usableTerms>
): ReturnType<typeof usableTerms> {
  if (isTolerant) return usableTerms(plan, usable, reasons, now);
  const terms = dealTerms(plan, usable.lead, reasons, now);
  return terms.ok ? ok({ ...usable, terms: terms.value }) : terms;
}
