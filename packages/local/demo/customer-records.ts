import type { Cells } from "./catalogue.ts";
import type { BookEntry } from "./customer-book.ts";
import type { Random } from "./random.ts";
import { demoTenant, repOf } from "./staff.ts";
import type { DemoPlan } from "./story.ts";

const firstNames = (
  "Agnes Anders Astrid Birgit Carl Ditte Emil Esben Frida Gustav Hanne Ida Jonas Karin Lasse Linnea Magnus Maja " +
  "Nils Oskar Pernille Rasmus Signe Tove"
).split(" ");
const lastNames = (
  "Ahlgren Bergdal Brandt Dalsø Ekdahl Fogh Grønbæk Hedlund Holmqvist Juhl Kjeldgaard Lindahl Mossfeldt Nygren " +
  "Overgaard Palmqvist Ravn Skovlund Thorsen Wiberg"
).split(" ");

const LETTERS: Readonly<Record<string, string>> = { æ: "ae", ø: "oe", å: "aa", ä: "ae", ö: "oe", é: "e" };

/** A name as the local part of an e-mail address. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[æøåäöé]/g, (letter) => LETTERS[letter] ?? "")
    .replaceAll(/[^a-z]+/g, "-");

/** The customer's row; its territory decides the rep. */
export function customerRecord(
  { customerId, name, category, territory }: BookEntry,
  plan: DemoPlan,
  nth: number,
): Cells {
  return {
    customerId,
    name,
    category,
    repId: repOf[territory],
    assignedUserId: "",
    teamId: "oresund",
    territoryId: territory,
    phone: `+46 31 390 06 ${String(nth % 100).padStart(2, "0")}`,
    email: `order@${plain(name)}.example`,
    currency: plan.inKronor === true ? "SEK" : demoTenant.currency,
    closedFrom: plan.closed?.from ?? "",
    closedTo: plan.closed?.to ?? "",
    creditHold: "",
  };
}

/**
 * A phone number from the ranges that Sweden reserves for fiction; each of a customer's persons has a range of its own.
 */
const fictionalNumbers: readonly ((nth: number) => string)[] = [
  (nth) => `+46 70 174 0${605 + (nth % 95)}`,
  (nth) => `+46 40 628 04 ${String(nth % 100).padStart(2, "0")}`,
  (nth) => `+46 980 319 2${String(nth % 100).padStart(2, "0")}`,
];

/** One to three people at a customer, the first one the buyer. */
export function personRecords({ customerId, name }: BookEntry, nth: number, random: Random): Cells[] {
  return fictionalNumbers.slice(0, random.int(1, 3)).map((phoneOf, i) => {
    const [first, last] = [random.pick(firstNames), random.pick(lastNames)];
    return {
      personId: `P${customerId.slice(1)}${i + 1}`,
      customerId,
      name: `${first} ${last}`,
      email: `${plain(first)}.${plain(last)}@${plain(name)}.example`,
      phone: phoneOf(nth),
    };
  });
}
