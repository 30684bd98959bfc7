import type { Person } from "@regulars/core/customers/person";
import { type LeftOutReason, mailTarget, targetAt } from "@regulars/core/monitors/mailing";
import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import type { ActionMember } from "@regulars/core/monitors/selection-action";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { GroupOptOuts } from "@regulars/core/notifications/group-opt-out";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import { type MemberCard, memberCards } from "./member-cards.ts";

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
  readonly card?: MemberCard | undefined;
  readonly address?: string | undefined;
  readonly addressHash?: string | undefined;
  /** The member before it that has the same address. */
  readonly sameAs?: string | undefined;
  readonly refusal?: LeftOutReason | undefined;
}

type Member = Pick<ActionMember, "owner" | "mailTo" | "unmailed">;

/** Of members without an address of an earlier time, it is asked for now. */
export const isAskedNow = ({ mailTo, unmailed }: Pick<Member, "mailTo" | "unmailed">): boolean =>
  mailTo === undefined && unmailed === undefined;

/** Where a mailing to these goes, each by itself. `isOptedOut` is asked of each address that could get one. */
export async function mailRecipients(
  sources: MailSources,
  members: readonly Member[],
  isOptedOut: (addressHash: string) => Promise<boolean>,
): Promise<readonly MailRecipient[]> {
  const cardOf = await memberCards(
    sources,
    members.map(({ owner }) => owner),
  );
  const alone = [
    ...new Set(
      members
        .filter((one) => isAskedNow(one) && one.owner.type !== "person")
        .filter(({ owner }) => cardOf(owner)?.customer.email === undefined)
        .map(({ owner }) => owner.customerId),
    ),
  ];
  const persons = new Map(await mapConcurrent(alone, async (id) => [id, await sources.nightly.personsOf(id)] as const));
  return mapConcurrent(members, (member) => {
    const { owner } = member;
    const known = { card: cardOf(owner), persons: persons.get(owner.customerId) ?? [], isOptedOut };
    return recipientOf(sources, member, known);
  });
}

interface Known {
  readonly card: MemberCard | undefined;
  readonly persons: readonly Person[];
  readonly isOptedOut: (addressHash: string) => Promise<boolean>;
}

async function recipientOf(
  { groupOptOuts, suppressionOf }: MailSources,
  { owner, mailTo, unmailed }: Member,
  { card, persons, isOptedOut }: Known,
): Promise<MailRecipient> {
  if (card === undefined) return { owner, name: ownerIdOf(owner), refusal: { reason: "gone" } };
  const target = mailTo === undefined ? (unmailed ?? mailTarget(card, persons)) : targetAt(mailTo.address, mailTo.name);
  const name = card.person?.name ?? card.project?.name ?? card.customer.name ?? ownerIdOf(owner);
  if (typeof target === "string") return { owner, name, card, refusal: { reason: target } };
  const { address } = target;
  const addressHash = await groupOptOuts.hashOf(address);
  const found = { owner, name: target.name, card, address, addressHash };
  if (await isOptedOut(addressHash)) return { ...found, refusal: { reason: "opted-out" } };
  const detail = await suppressionOf(address);
  return detail === undefined ? found : { ...found, refusal: { reason: "suppressed", detail } };
}

const sameAddress = (recipient: MailRecipient, sameAs: string): MailRecipient => ({
  ...recipient,
  sameAs,
  refusal: recipient.refusal ?? { reason: "same-address", detail: sameAs },
});

/** Where a mailing goes that starts now: of the members with one address the first gets the mail. */
export async function plannedRecipients(
  sources: MailSources,
  owners: readonly Owner[],
): Promise<readonly MailRecipient[]> {
  const out = await sources.groupOptOuts.all();
  const members = owners.map((owner) => ({ owner }));
  const found = await mailRecipients(sources, members, (hash) => Promise.resolve(out.has(hash)));
  const first = new Map<string, string>();
  return found.map((recipient) => {
    const { addressHash, owner } = recipient;
    if (addressHash === undefined) return recipient;
    const before = first.get(addressHash);
    if (before !== undefined) return sameAddress(recipient, before);
    first.set(addressHash, ownerIdOf(owner));
    return recipient;
  });
}
