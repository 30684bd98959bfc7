import { addDays } from "@regulars/core/platform/period";
import type { Day } from "@regulars/core/platform/values";
import type { Cells } from "./catalogue.ts";
import { type Random, randomOf } from "./random.ts";
import { repOf } from "./staff.ts";

const DEALS = 72;
const HISTORY_DAYS = 112;
/** Days; a deal younger than this is still open. */
const FRESH_DAYS = 12;

const places = ["Bistro", "Kafé", "Restaurant", "Bageri", "Hotel", "Vinbar", "Kantine", "Spisehuset"];
const names = [
  "Ravnsborg",
  "Solros",
  "Nordhavn",
  "Gåsetorv",
  "Fyrtårnet",
  "Lindegaard",
  "Blåsippan",
  "Sommerlyst",
  "Åbrinken",
];
const firsts = ["Anna", "Emil", "Karla", "Jonas", "Ebba", "Malthe", "Sofie", "Nils"];
const lasts = ["Bergström", "Kjær", "Dahl", "Østergaard", "Nyman", "Holst", "Sjögren", "Thorsen", "Wik"];
const openStatuses = ["New", "Contacted", "Tasting", "Offer sent"];
const rivals = ["Nordfrost", "Grossist Öst", "nordfrost ", "Kyst & Køkken"];

/** Almost four months of the demo company's deals with new restaurants, as rows of a deals file, oldest first. */
export function demoDeals({ seed, asOf }: { readonly seed: number; readonly asOf: Day }): readonly Cells[] {
  const random = randomOf(seed, "deals");
  return Array.from({ length: DEALS }, (_, nth) => dealRow(nth, asOf, random));
}

function dealRow(nth: number, asOf: Day, random: Random): Cells {
  const age = Math.round(HISTORY_DAYS * (1 - nth / DEALS)) + 1;
  const took = random.int(6, 40);
  const place = `${places[nth % places.length]} ${names[nth % names.length]}`;
  const [first = "", last = ""] = [firsts[(nth * 3) % firsts.length], lasts[(nth * 5) % lasts.length]];
  const isClosed = age > FRESH_DAYS && took < age && random.chance(0.88);
  const isWon = isClosed && random.chance(0.54);
  const amount = Math.max(400, Math.round((2400 + random.bell() * 1900) / 50) * 50);
  return {
    dealId: `D-${4001 + nth}`,
    title: place,
    name: `${first} ${last}`,
    email: `${plain(first)}.${plain(last)}.${nth + 1}@example.com`,
    phone: `+46 40 628 04 ${String(nth % 100).padStart(2, "0")}`,
    amount: `${amount}.00`,
    currency: "EUR",
    status: isClosed ? (isWon ? "Customer" : "Lost") : (openStatuses[random.int(0, openStatuses.length - 1)] ?? ""),
    managerId: random.pick(Object.values(repOf)),
    createdAt: `${addDays(asOf, -age)} ${clock(random)}`,
    ...(isClosed ? { closedAt: `${addDays(asOf, took - age)} ${clock(random)}` } : {}),
    ...(isClosed && !isWon ? refusal(random) : {}),
  };
}

function refusal(random: Random): Cells {
  const drawn = random.next();
  if (drawn < 0.4) return { reasonId: "rsn_price" };
  if (drawn < 0.7) return { reasonId: "rsn_rival", clarification: random.pick(rivals) };
  if (drawn < 0.9) return { reasonId: "rsn_timing", ...(random.chance(0.4) ? { clarification: "ask in spring" } : {}) };
  return { reasonId: "rsn_closed" };
}

const clock = (random: Random): string =>
  `${String(random.int(8, 16)).padStart(2, "0")}:${String(random.int(0, 59)).padStart(2, "0")}`;

const plain = (name: string): string =>
  name.toLowerCase().replaceAll("æ", "ae").replaceAll("ø", "o").normalize("NFD").replace(/\p{M}/gu, "");
