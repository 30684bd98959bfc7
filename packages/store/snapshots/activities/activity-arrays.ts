import { type PersonId, personIdSchema } from "@regulars/core/platform/values";
import { type ActivityColumns, JOINS } from "@regulars/core/snapshots/activity-columns";

/** Parallel arrays that a customer's activities are decoded into. They are reused for the next customer. */
export class ActivityArrays implements ActivityColumns {
  count = 0;
  day = new Int32Array(1024);
  head = new Uint8Array(1024);
  person = new Int32Array(1024);
  persons: PersonId[] = [];
  readonly #places = new Map<string, number>();

  clear(): void {
    this.count = 0;
    this.persons = [];
    this.#places.clear();
  }

  /** The place of a person, from 1 on; of an id that is known, it is not checked again. */
  placeOf(id: string): number {
    const known = this.#places.get(id);
    if (known !== undefined) return known;
    const place = this.persons.push(personIdSchema.parse(id));
    this.#places.set(id, place);
    return place;
  }

  add(day: number, head: number, person: number): void {
    this.reserve(1);
    this.day[this.count] = day;
    this.head[this.count] = head;
    this.person[this.count] = person;
    this.count += 1;
  }

  /** Takes out the activities with somebody who is no person; others of the same interaction stay one. */
  leaveOut(nonPersons: ReadonlySet<PersonId>): void {
    const places = new Set(this.persons.flatMap((id, nth) => (nonPersons.has(id) ? nth + 1 : [])));
    if (places.size === 0) return;
    const { day, head, person, count } = this;
    let isHeadless = false;
    this.count = 0;
    for (let i = 0; i < count; i += 1) {
      const [one, whose] = [head[i] ?? 0, person[i] ?? 0];
      const joins = (one & JOINS) !== 0;
      if (places.has(whose)) {
        isHeadless = joins ? isHeadless : true;
        continue;
      }
      this.add(day[i] ?? 0, joins && isHeadless ? one - JOINS : one, whose);
      isHeadless = false;
    }
  }

  /** Takes the names of persons from their activities, which stay. */
  unname(unnamed: ReadonlySet<string>): void {
    const places = new Set(this.persons.flatMap((id, nth) => (unnamed.has(id) ? nth + 1 : [])));
    if (places.size === 0) return;
    for (let i = 0; i < this.count; i += 1) if (places.has(this.person[i] ?? 0)) this.person[i] = 0;
  }

  /** Makes room for so many more. */
  reserve(more: number): void {
    if (this.count + more <= this.day.length) return;
    const size = Math.max(this.day.length * 2, this.count + more);
    this.day = larger(new Int32Array(size), this.day);
    this.head = larger(new Uint8Array(size), this.head);
    this.person = larger(new Int32Array(size), this.person);
  }
}

function larger<T extends { set: (from: T) => void }>(room: T, from: T): T {
  room.set(from);
  return room;
}
