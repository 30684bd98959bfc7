import { phoneCountryOf } from "@regulars/core/tenants/phone-country";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { ImportedContact as ImportedLead } from "@regulars/core/imports/imported-contact";
import { type ContactId, type PlanId, contactIdSchema } from "@regulars/core/platform/ids";
import { type Audience, isInAudience } from "@regulars/core/bulk-operations/add-audience";
import { readableEmail } from "@regulars/core/platform/contact-point";
import { type Identity, identitiesOf } from "@regulars/core/contacts/identity";
import type { Contact } from "@regulars/core/contacts/contact";
import type { ContactIntake } from "@regulars/core/leads/lead-intake";
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
  const newcomers = leads.map((lead) => newcomerOf(context, lead));
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const { found } = await context.store.leads.findMany(planId, newcomers);
    const matching = new Matching(asked, checked);
    for (const [i, { owners }] of found.entries())
      for (const [nth, identity] of (newcomers[i]?.identities ?? []).entries()) matching.own(identity, owners[nth]);
    for (const newcomer of newcomers) await matching.match(newcomer);
    const outcomes = await context.store.leads.savePersons(matching.changes());
    if (outcomes.every((outcome) => outcome === "saved")) return matching.members();
  }
  throw new ContentionError(`imported leads were changed concurrently ${MAX_ROUNDS} times: try again`);
}

/** An invalid e-mail address or phone number is no identity. */
function newcomerOf({ tenant, effects }: SalesContext, { externalId, name, email, phone }: ImportedLead): Newcomer {
  const number = phone === undefined ? undefined : effects.readPhone(phone, phoneCountryOf(tenant));
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
  readonly #leadIntakes = new Map<ContactId, { readonly newPerson?: Contact; readonly newIdentities: Identity[] }>();

  constructor(asked: Asked, checked: ReadonlyMap<ContactId, boolean>) {
    this.#asked = asked;
    this.#evaluated = new Map(checked);
  }

  own(identity: Identity, owner: ContactId | undefined): void {
    if (owner !== undefined) this.#owners.set(nameOf(identity), owner);
  }

  /** Matches the strongest identity first, as for any lead; the contact gets the identities that have no owner yet. */
  async match({ person, identities }: Newcomer): Promise<void> {
    const owner = identities.map((identity) => this.#owners.get(nameOf(identity))).find((one) => one !== undefined);
    const personId = owner ?? person.personId;
    if (!(await this.#isMember(owner, person))) return;
    const leadIntake = this.#leadIntakes.get(personId) ?? {
      newIdentities: [],
      ...(owner === undefined ? { newPerson: person } : {}),
    };
    this.#leadIntakes.set(personId, leadIntake);
    for (const identity of identities) {
      if (this.#owners.has(nameOf(identity))) continue;
      this.#owners.set(nameOf(identity), personId);
      leadIntake.newIdentities.push(identity);
    }
  }

  /** The filter is applied to a known contact as stored; a new contact has no known creation time. */
  async #isMember(owner: ContactId | undefined, newcomer: Contact): Promise<boolean> {
    if (owner === undefined) return isInAudience(this.#asked.audience, newcomer, undefined);
    if (this.#leadIntakes.has(owner)) return true;
    const checked = this.#evaluated.get(owner);
    if (checked !== undefined) return checked;
    const person = await this.#asked.context.store.contacts.person(owner);
    const isMember = person !== undefined && belongs(this.#asked, person);
    this.#evaluated.set(owner, isMember);
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
