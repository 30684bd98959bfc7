import type { Person } from "@regulars/core/customers/person";
import { type MailRefusal, mailTarget } from "@regulars/core/monitors/mailing";
import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import type { StatusCard } from "@regulars/core/monitors/status-template";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { GroupOptOuts } from "@regulars/core/notifications/group-opt-out";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import { memberCards } from "./member-cards.ts";

/** What the receivers of a group mailing are found from. */
export type MailSources = Parameters<typeof memberCards>[0] & {
  readonly nightly: Pick<NightlyStore, "personsOf">;
  readonly groupOptOuts: Pick<GroupOptOuts, "hashOf" | "has" | "all">;
  /** Why an address takes no mail; `undefined` when it does. */
  readonly suppressionOf: (address: string) => Promise<string | undefined>;
};

/** A member of a selection, and whether and where a mailing reaches it. */
export interface MailRecipient {
  readonly owner: Owner;
  readonly name: string;
  readonly card?: StatusCard | undefined;
  readonly address?: string | undefined;
  readonly addressHash?: string | undefined;
  /** Why it gets no mail, with what else is known. */
  readonly refusal?: { readonly reason: MailRefusal; readonly detail?: string | undefined } | undefined;
}

/** Where a mailing to these goes now. `isOptedOut` is asked of each address that could get one. */
export async function mailRecipients(
  sources: MailSources,
  owners: readonly Owner[],
  isOptedOut: (addressHash: string) => Promise<boolean>,
): Promise<readonly MailRecipient[]> {
  const cardOf = await memberCards(sources, owners);
  const alone = [
    ...new Set(
      owners
        .filter((owner) => owner.type !== "person" && cardOf(owner)?.customer.email === undefined)
        .map(({ customerId }) => customerId),
    ),
  ];
  const persons = new Map(await mapConcurrent(alone, async (id) => [id, await sources.nightly.personsOf(id)] as const));
  return mapConcurrent(owners, (owner) =>
    recipientOf(sources, owner, { card: cardOf(owner), persons: persons.get(owner.customerId) ?? [], isOptedOut }),
  );
}

interface Known {
  readonly card: StatusCard | undefined;
  readonly persons: readonly Person[];
  readonly isOptedOut: (addressHash: string) => Promise<boolean>;
}

async function recipientOf(
  { groupOptOuts, suppressionOf }: MailSources,
  owner: Owner,
  { card, persons, isOptedOut }: Known,
): Promise<MailRecipient> {
  if (card === undefined) return { owner, name: ownerIdOf(owner), refusal: { reason: "gone" } };
  const target = mailTarget(card, persons);
  const name = card.person?.name ?? card.project?.name ?? card.customer.name ?? ownerIdOf(owner);
  if (typeof target === "string") return { owner, name, card, refusal: { reason: target } };
  const { address } = target;
  const addressHash = await groupOptOuts.hashOf(address);
  const found = { owner, name: target.name, card, address, addressHash };
  if (await isOptedOut(addressHash)) return { ...found, refusal: { reason: "opted-out" } };
  const detail = await suppressionOf(address);
  return detail === undefined ? found : { ...found, refusal: { reason: "suppressed", detail } };
}

/** The same for all members before a mailing starts: of those with one address the first gets the mail. */
export async function plannedRecipients(
  sources: MailSources,
  owners: readonly Owner[],
): Promise<readonly MailRecipient[]> {
  const out = await sources.groupOptOuts.all();
  const found = await mailRecipients(sources, owners, (hash) => Promise.resolve(out.has(hash)));
  const first = new Map<string, string>();
  return found.map((recipient) => {
    const { addressHash, refusal, owner } = recipient;
    if (addressHash === undefined || refusal !== undefined) return recipient;
    const before = first.get(addressHash);
    if (before !== undefined) return { ...recipient, refusal: { reason: "same-address", detail: before } };
    first.set(addressHash, ownerIdOf(owner));
    return recipient;
  });
}
