import type { Activity } from "@regulars/core/customers/activity";
import type { Person } from "@regulars/core/customers/person";
import type { ImportedActivity } from "@regulars/core/imports/activities";
import { type NoteSaved, type SaveCounts, noteOf } from "@regulars/core/platform/save-counts";
import { type CustomerId, type PersonId, customerIdSchema } from "@regulars/core/platform/values";
import { textHash } from "../engine/content-hash.ts";
import type { Operations } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";
import type { CustomerDocuments } from "./customer-documents.ts";

/** Where the activities of a person without a customer are stored: a place of their own, which is no customer. */
const ownPlaceOf = (personId: PersonId): CustomerId =>
  customerIdSchema.parse(`person-without-customer:${textHash(personId)}`);

/**
 * Saves activities at their customer; without one at their person's, else at a place of the person's own. Where a
 * person has activities is noted, because they may be those of several customers.
 */
export class PlacedActivities {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #activities: Pick<CustomerDocuments<Activity>, "save" | "of">;
  readonly #persons: Pick<CustomerDocuments<Person>, "customersOf">;

  constructor(
    operations: Operations,
    keys: Keys,
    activities: Pick<CustomerDocuments<Activity>, "save" | "of">,
    persons: Pick<CustomerDocuments<Person>, "customersOf">,
  ) {
    this.#operations = operations;
    this.#keys = keys;
    this.#activities = activities;
    this.#persons = persons;
  }

  async save(asked: readonly ImportedActivity[], note?: NoteSaved<ImportedActivity>): Promise<SaveCounts> {
    const homeless = asked.filter(({ customerId }) => customerId === undefined);
    const homes = await this.#persons.customersOf(homeless.flatMap(({ personId }) => personId ?? []));
    const given = new Map<Activity, ImportedActivity>();
    for (const one of asked) given.set({ ...one, customerId: placeOf(one, homes) }, one);
    await this.#notePlaces([...given.keys()]);
    const noted = note === undefined ? undefined : noteOf(note, (activity: Activity) => given.get(activity));
    return this.#activities.save([...given.keys()], [], noted);
  }

  /** Moves what was stored of persons while they had no customer to the one that they have now. */
  async moveIn(persons: readonly Pick<Person, "personId">[]): Promise<void> {
    const places = persons.map(({ personId }) => this.#keys.personPlace(personId, ownPlaceOf(personId)));
    for (const { customerId: place } of await this.#operations.batchGet(places)) {
      const stored: ImportedActivity[] = [];
      for await (const { customerId: _, ...activity } of this.#activities.of(customerIdSchema.parse(place)))
        stored.push(activity);
      await this.save(stored);
    }
  }

  /** Customers, and places of the person's own, that have or had activities of a person. */
  async placesOf(personId: PersonId): Promise<CustomerId[]> {
    const places: CustomerId[] = [];
    for await (const item of this.#operations.partition(this.#keys.personPlaces(personId)))
      places.push(customerIdSchema.parse(item["customerId"]));
    return places;
  }

  /** Before the activities are saved: a place too many costs a reader an empty look. */
  async #notePlaces(activities: readonly Activity[]): Promise<void> {
    const items = new Map(
      activities.flatMap(({ personId, attendeeIds = [], customerId }) =>
        [...(personId === undefined ? [] : [personId]), ...attendeeIds].map((id) => {
          const key = this.#keys.personPlace(id, customerId);
          return [`${key.pk} ${key.sk}`, { ...key, customerId }] as const;
        }),
      ),
    );
    const known = await this.#operations.batchGet([...items.values()].map(({ pk, sk }) => ({ pk, sk })));
    for (const { pk, sk } of known) items.delete(`${String(pk)} ${String(sk)}`);
    await this.#operations.batchPut([...items.values()]);
  }
}

function placeOf(
  { activityId, customerId, personId }: ImportedActivity,
  homes: ReadonlyMap<string, CustomerId>,
): CustomerId {
  if (customerId !== undefined) return customerId;
  if (personId === undefined) throw new Error(`activity ${activityId} has neither a customer nor a person`);
  return homes.get(personId) ?? ownPlaceOf(personId);
}
