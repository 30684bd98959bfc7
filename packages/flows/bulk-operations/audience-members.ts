import { phoneCountryOf } from "@regulars/core/tenants/phone-country";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { ImportedContact as ImportedLead } from "@regulars/core/imports/imported-contact";
import { type ContactId, type PlanId, contactIdSchema } from "@regulars/core/platform/ids";
import { type Audience, isInAudience } from "@regulars/core/bulk-operations/add-audience";
import { readableEmail } from "@regulars/core/platform/contact-point";
import { type Identity, identitiesOf } from "@regulars/core/contacts/identity";
import { type Contact, type FirstDetails, filledIn } from "@regulars/core/contacts/contact";
import type { ContactIntake, LeadLookupResult } from "@regulars/core/leads/lead-intake";
import { localDay } from "@regulars/core/platform/period";
import { type ExternalId, toInstant } from "@regulars/core/platform/values";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import type { SalesContext } from "../sales-context.ts";

const LEAD_PAGE = 512;
/**
 * Most imported leads that are matched in one transaction: even if all are one person, their identities fit into it.
 */
const LEADS_AT_ONCE = 32;
const MAX_ROUNDS = 12;

interface Asked {
  readonly context: SalesContext;
  readonly planId: PlanId;
  readonly audience: Audience;
}

/** An imported lead, as the contact that it becomes if no known contact matches. */
interface Newcomer {
  readonly person: Contact;
  readonly identities: readonly Identity[];
}

/**
 * The members of an audience, each once: contacts, and imported leads that match the filter. The latter become contacts
 * here, matched by external id, e-mail address and phone number like leads of integrations, so that nobody gets a
 * second deal either way (docs/reference/sales-plans.md 5.17).
 */
export async function* audienceMembers(asked: Asked): AsyncGenerator<ContactId> {
  const { store } = asked.context;
  const checked = new Map<ContactId, boolean>();
  for await (const person of store.contacts.audience()) {
    const isMember = belongs(asked, person);
    checked.set(person.personId, isMember);
    if (isMember) yield person.personId;
  }
  let after: ExternalId | undefined;
  do {
    const { leads, next } = await store.importedContacts.page(LEAD_PAGE, after);
    const pieces = Array.from({ length: Math.ceil(leads.length / LEADS_AT_ONCE) }, (_, i) =>
      leads.slice(i * LEADS_AT_ONCE, (i + 1) * LEADS_AT_ONCE),
    );
    const found = await mapConcurrent(pieces, (piece) => becomeKnown(asked, piece, checked));
    for (const personId of found.flat()) {
      if (checked.has(personId)) continue;
      checked.set(personId, true);
      yield personId;
    }
    after = next;
  } while (after !== undefined);
}

const belongs = ({ context, audience }: Asked, person: Contact): boolean =>
  isInAudience(audience, person, localDay(person.createdAt, context.tenant.timeZone));

/** The members among some imported leads; retried if another process stored one of them concurrently. */
async function becomeKnown(
  asked: Asked,
  leads: readonly ImportedLead[],
  checked: ReadonlyMap<ContactId, boolean>,
): Promise<ContactId[]> {
  const { context, planId } = asked;
  const newcomers = await Promise.all(leads.map((lead) => newcomerOf(context, lead)));
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const { found } = await context.store.leads.findMany(planId, newcomers);
    const matching = new Matching(asked, checked);
    for (const [i, one] of found.entries()) matching.know(newcomers[i]?.identities ?? [], one);
    for (const newcomer of newcomers) await matching.match(newcomer);
    const outcomes = await context.store.leads.savePersons(matching.changes());
    if (outcomes.every((outcome) => outcome === "saved")) return matching.members();
  }
  throw new ContentionError(`imported leads were changed concurrently ${MAX_ROUNDS} times: try again`);
}

/** An invalid e-mail address or phone number is no identity. */
async function newcomerOf(
  { tenant, effects }: SalesContext,
  { externalId, name, email, phone }: ImportedLead,
): Promise<Newcomer> {
  const number = phone === undefined ? undefined : await effects.readPhone(phone, phoneCountryOf(tenant));
  const person = {
    personId: contactIdSchema.parse(`per_${effects.newId()}`),
    externalId,
    name,
    email: email === undefined ? undefined : readableEmail(email),
    phone: number,
    createdAt: toInstant(effects.clock()),
  };
  return { person, identities: identitiesOf({ externalId, email }, number) };
}

/** Matches imported leads to contacts, one after the other: two of them may be the same person. */
class Matching {
  readonly #asked: Asked;
  readonly #evaluated: Map<ContactId, boolean>;
  readonly #owners = new Map<string, ContactId>();
  /** Identities that only an import claimed. */
  readonly #claims = new Set<string>();
  /** Owners who are stored first: persons at customers whom no lead or deal has made known. */
  readonly #unstored = new Map<ContactId, FirstDetails>();
  readonly #leadIntakes = new Map<ContactId, { readonly newPerson?: Contact; readonly newIdentities: Identity[] }>();

  constructor(asked: Asked, checked: ReadonlyMap<ContactId, boolean>) {
    this.#asked = asked;
    this.#evaluated = new Map(checked);
  }

  know(identities: readonly Identity[], { owners, isClaim, unstored }: LeadLookupResult): void {
    if (unstored !== undefined) this.#unstored.set(unstored.personId, unstored);
    for (const [i, identity] of identities.entries()) {
      const owner = owners[i];
      if (owner !== undefined) this.#owners.set(nameOf(identity), owner);
      if (isClaim[i] === true) this.#claims.add(nameOf(identity));
    }
  }

  /** Matches the strongest identity first, as for any lead; the contact gets the identities that have no owner yet. */
  async match({ person, identities }: Newcomer): Promise<void> {
    const owner = identities.map((identity) => this.#owners.get(nameOf(identity))).find((one) => one !== undefined);
    const personId = owner ?? person.personId;
    const first = owner === undefined ? person : this.#unstored.get(owner);
    const newPerson = first && { ...filledIn(first, person), createdAt: person.createdAt };
    if (!(await this.#isMember(personId, newPerson))) return;
    const leadIntake = this.#leadIntakes.get(personId) ?? {
      newIdentities: [],
      ...(newPerson === undefined ? {} : { newPerson }),
    };
    this.#leadIntakes.set(personId, leadIntake);
    for (const identity of identities) {
      const name = nameOf(identity);
      const isUnused = this.#claims.has(name) && this.#owners.get(name) === personId;
      if (this.#owners.has(name) && !isUnused) continue;
      this.#claims.delete(name);
      this.#owners.set(name, personId);
      leadIntake.newIdentities.push(identity);
    }
  }

  /** The filter is applied to a stored contact as stored; a new contact has no known creation time. */
  async #isMember(personId: ContactId, newPerson: Contact | undefined): Promise<boolean> {
    if (this.#leadIntakes.has(personId)) return true;
    if (newPerson !== undefined) return isInAudience(this.#asked.audience, newPerson, undefined);
    const checked = this.#evaluated.get(personId);
    if (checked !== undefined) return checked;
    const person = await this.#asked.context.store.contacts.person(personId);
    const isMember = person !== undefined && belongs(this.#asked, person);
    this.#evaluated.set(personId, isMember);
    return isMember;
  }

  members(): ContactId[] {
    return [...this.#leadIntakes.keys()];
  }

  changes(): ContactIntake[] {
    return [...this.#leadIntakes]
      .map(([personId, leadIntake]) => ({ personId, ...leadIntake }))
      .filter(({ newPerson, newIdentities }) => newPerson !== undefined || newIdentities.length > 0);
  }
}

const nameOf = ({ kind, value }: Identity): string => `${kind} ${value}`;
