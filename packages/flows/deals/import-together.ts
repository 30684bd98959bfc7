import { phoneCountryOf } from "@regulars/core/tenants/phone-country";
import type { NoteSaved } from "@regulars/core/platform/save-counts";
import type { FileDeal } from "@regulars/core/deals/deal-file";
import { type ContactId, type DealId, type PlanId, contactIdSchema } from "@regulars/core/platform/ids";
import { readableEmail } from "@regulars/core/platform/contact-point";
import { filledIn } from "@regulars/core/contacts/contact";
import { newIdentitiesOf } from "../contacts/new-identities.ts";
import { identitiesOf } from "@regulars/core/contacts/identity";
import type { ImportNote, ImportedDeal } from "@regulars/core/deals/deal-store";
import type { Instant } from "@regulars/core/platform/values";
import type { SalesContext } from "../sales-context.ts";

/** Retries after concurrent imports of the same deals or persons. */
const MAX_ROUNDS = 8;

const PAUSE_MS = 20;

/** What became of deals that were imported together; the others were stored already. */
interface ImportedTogether {
  readonly created: ReadonlySet<FileDeal>;
  readonly overtaken: readonly FileDeal[];
}

/**
 * Imports deals of another system, each once, the first of an id; retried after concurrent imports. Existing deals are
 * left out before persons are looked up, so that they create no contacts. `overtaken` are those that other imports kept
 * in the way of: nothing of them is stored.
 */
export async function importTogether(
  context: SalesContext,
  planId: PlanId,
  files: readonly FileDeal[],
  note: ImportNote,
  companionOf?: NoteSaved<FileDeal>["companionOf"],
): Promise<ImportedTogether> {
  const first = new Map(files.toReversed().map((file) => [file.dealId, file]));
  let left = files.filter((file) => first.get(file.dealId) === file);
  const created = new Set<FileDeal>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const stored = await context.store.deals.deals(left.map(({ dealId }) => dealId));
    left = left.filter(({ dealId }) => !stored.has(dealId));
    const fileOf = new Map(left.map((file) => [file.dealId, file]));
    const companion = (dealIds: readonly DealId[]) =>
      companionOf?.(
        dealIds.flatMap((dealId) => {
          const record = fileOf.get(dealId);
          return record === undefined ? [] : [{ record, outcome: "created" as const }];
        }),
      );
    const deals = await withPersons(context, planId, left, note.at);
    const saved = await context.store.dealImports.save(deals, note, companion);
    for (const file of left.splice(0, saved.created)) created.add(file);
    if (!saved.isOvertaken) return { created, overtaken: [] };
    await context.effects.wait(PAUSE_MS * 2 ** round * context.effects.random());
  }
  return { created, overtaken: left };
}

/**
 * Adds each deal's person: a contact with one of their identities, or a new one, who may be a person at a customer. A second open deal in the plan is an
 * extra one.
 */
async function withPersons(
  { store, effects, tenant }: SalesContext,
  planId: PlanId,
  files: readonly FileDeal[],
  at: Instant,
): Promise<ImportedDeal[]> {
  const country = phoneCountryOf(tenant);
  const phones = await Promise.all(
    files.map(({ contact }) => (contact.phone === undefined ? undefined : effects.readPhone(contact.phone, country))),
  );
  const identities = files.map((file, i) => identitiesOf(file.contact, phones[i]));
  const { found } = await store.leads.findMany(
    planId,
    identities.map((one) => ({ identities: one })),
  );
  const known = found.flatMap(({ owners }) => owners.filter((owner) => owner !== undefined));
  const open = new Set((await store.leads.openDealsOf([...new Set(known)], planId)).keys());
  const fresh = new Map<string, ContactId>();
  const unstored = new Map(found.flatMap((one) => (one.unstored ? [[one.unstored.personId, one.unstored]] : [])));
  return files.map((file, i) => {
    const own = identities[i] ?? [];
    const { owners = [], isClaim = [] } = found[i] ?? {};
    const names = own.map(({ kind, value }) => `${kind} ${value}`);
    const personId =
      owners.find((owner) => owner !== undefined) ??
      names.map((name) => fresh.get(name)).find((id) => id !== undefined);
    const id = personId ?? contactIdSchema.parse(`per_${effects.newId()}`);
    const first = personId === undefined ? { personId: id } : unstored.get(id);
    unstored.delete(id);
    const unowned = newIdentitiesOf(own, { owners, isClaim }, { contactId: id, isLearned: true }).filter(
      ({ kind, value }) => !fresh.has(`${kind} ${value}`),
    );
    for (const name of names) if (!fresh.has(name)) fresh.set(name, id);
    const isExtra = file.isOpen && open.has(id);
    if (file.isOpen) open.add(id);
    const { externalId, name, email } = file.contact;
    const given = {
      externalId,
      name,
      email: email === undefined ? undefined : readableEmail(email),
      phone: phones[i],
    };
    const newPerson = first && { ...filledIn(first, given), createdAt: at };
    return { deal: file.dealOf(id, isExtra), newPerson, newIdentities: unowned };
  });
}
