import type { Lead as ImportedLead } from "@regulars/core/imports/imported-contact";
import { type LeadPersonId, type PlanId, leadPersonIdSchema } from "@regulars/core/platform/ids";
import { type Audience, isInAudience } from "@regulars/core/bulk-operations/add-audience";
import { type Identity, identitiesOf, normalEmail } from "@regulars/core/contacts/identity";
import type { LeadPerson } from "@regulars/core/contacts/contact";
import type { PersonIntake } from "@regulars/core/leads/contact-store";
import { localDay } from "@regulars/core/platform/period";
import { type ExternalId, toInstant } from "@regulars/core/platform/values";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import type { PlanContext } from "../sales-context.ts";

const LEAD_PAGE = 512;
/** However many of so many imported leads turn out to be one person, he fits into a transaction with all that tells him apart. */
const LEADS_AT_ONCE = 32;
const MAX_ROUNDS = 12;

interface Asked {
  readonly context: PlanContext;
  readonly planId: PlanId;
  readonly audience: Audience;
}

/** An imported lead as the person that he is going to be, if nobody known is he. */
interface Newcomer {
  readonly person: LeadPerson;
  readonly identities: readonly Identity[];
}

/**
 * Everybody of an audience, each once: persons known as leads, and those who are only imported. Of the latter each that
 * belongs to it becomes a known person here, matched by external id, address and number as leads of tunnels are, so that
 * nobody gets a second deal by the one way or the other (sales-plans.md 5.17).
 */
export async function* audienceMembers(asked: Asked): AsyncGenerator<LeadPersonId> {
  const { store } = asked.context;
  const judged = new Map<LeadPersonId, boolean>();
  for await (const person of store.audience()) {
    const isMember = belongs(asked, person);
    judged.set(person.personId, isMember);
    if (isMember) yield person.personId;
  }
  let after: ExternalId | undefined;
  do {
    const { leads, next } = await store.importedLeads(LEAD_PAGE, after);
    const pieces = Array.from({ length: Math.ceil(leads.length / LEADS_AT_ONCE) }, (_, i) =>
      leads.slice(i * LEADS_AT_ONCE, (i + 1) * LEADS_AT_ONCE),
    );
    const found = await mapConcurrent(pieces, (piece) => becomeKnown(asked, piece, judged));
    for (const personId of found.flat()) {
      if (judged.has(personId)) continue;
      judged.set(personId, true);
      yield personId;
    }
    after = next;
  } while (after !== undefined);
}

const belongs = ({ context, audience }: Asked, person: LeadPerson): boolean =>
  isInAudience(audience, person, localDay(person.createdAt, context.tenant.timeZone));

/** Who of some imported leads belongs to the audience; tried again when somebody else took one of them in meanwhile. */
async function becomeKnown(
  asked: Asked,
  leads: readonly ImportedLead[],
  judged: ReadonlyMap<LeadPersonId, boolean>,
): Promise<LeadPersonId[]> {
  const { context, planId } = asked;
  const newcomers = leads.map((lead) => newcomerOf(context, lead));
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const { found } = await context.store.lookUp(planId, newcomers);
    const matching = new Matching(asked, judged);
    for (const [i, { owners }] of found.entries())
      for (const [nth, identity] of (newcomers[i]?.identities ?? []).entries()) matching.own(identity, owners[nth]);
    for (const newcomer of newcomers) await matching.match(newcomer);
    const outcomes = await context.store.savePersons(matching.changes());
    if (outcomes.every((outcome) => outcome === "saved")) return matching.members();
  }
  throw new Error(`imported leads were overtaken ${MAX_ROUNDS} times`);
}

/** An address that is none, or a number that nobody can call, tells nobody apart. */
function newcomerOf({ tenant, world }: PlanContext, { externalId, name, email, phone }: ImportedLead): Newcomer {
  const number = phone === undefined ? undefined : world.readPhone(phone, tenant.phoneCountry);
  const person = {
    personId: leadPersonIdSchema.parse(`per_${world.newId()}`),
    externalId,
    name,
    email: email === undefined ? undefined : normalEmail(email),
    phone: number,
    createdAt: toInstant(world.clock()),
  };
  return { person, identities: identitiesOf({ externalId, email }, number) };
}

/** Finds out which person each of some imported leads is, one after the other: two of them may be the same. */
class Matching {
  readonly #asked: Asked;
  readonly #judged: Map<LeadPersonId, boolean>;
  readonly #owners = new Map<string, LeadPersonId>();
  readonly #intakes = new Map<LeadPersonId, { readonly newPerson?: LeadPerson; readonly newIdentities: Identity[] }>();

  constructor(asked: Asked, judged: ReadonlyMap<LeadPersonId, boolean>) {
    this.#asked = asked;
    this.#judged = new Map(judged);
  }

  own(identity: Identity, owner: LeadPersonId | undefined): void {
    if (owner !== undefined) this.#owners.set(nameOf(identity), owner);
  }

  /** Strongest identity first, as for any lead; what is nobody's yet becomes his. */
  async match({ person, identities }: Newcomer): Promise<void> {
    const owner = identities.map((identity) => this.#owners.get(nameOf(identity))).find((one) => one !== undefined);
    const personId = owner ?? person.personId;
    if (!(await this.#isMember(owner, person))) return;
    const intake = this.#intakes.get(personId) ?? {
      newIdentities: [],
      ...(owner === undefined ? { newPerson: person } : {}),
    };
    this.#intakes.set(personId, intake);
    for (const identity of identities) {
      if (this.#owners.has(nameOf(identity))) continue;
      this.#owners.set(nameOf(identity), personId);
      intake.newIdentities.push(identity);
    }
  }

  /** Somebody known is judged as he is known; since when somebody who is not has been there, nothing says. */
  async #isMember(owner: LeadPersonId | undefined, newcomer: LeadPerson): Promise<boolean> {
    if (owner === undefined) return isInAudience(this.#asked.audience, newcomer, undefined);
    if (this.#intakes.has(owner)) return true;
    const judged = this.#judged.get(owner);
    if (judged !== undefined) return judged;
    const person = await this.#asked.context.store.leadPerson(owner);
    const isMember = person !== undefined && belongs(this.#asked, person);
    this.#judged.set(owner, isMember);
    return isMember;
  }

  members(): LeadPersonId[] {
    return [...this.#intakes.keys()];
  }

  changes(): PersonIntake[] {
    return [...this.#intakes]
      .map(([personId, intake]) => ({ personId, ...intake }))
      .filter(({ newPerson, newIdentities }) => newPerson !== undefined || newIdentities.length > 0);
  }
}

const nameOf = ({ kind, value }: Identity): string => `${kind} ${value}`;
