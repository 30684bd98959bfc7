import type { Health } from "@regulars/core/relationships/health";
import type { Kpis } from "@regulars/core/relationships/kpis";
import { counted } from "@regulars/core/platform/counted";
import type { HealthList } from "@regulars/flows/relationships/list-health";
import type { HealthPreview } from "@regulars/flows/relationships/preview-health";
import type { CustomerHealth } from "@regulars/flows/relationships/read-customer-health";
import type { SomebodyHealth } from "@regulars/flows/who-knows/somebody-health";
import { capText, minutesText, trendText, weaknessText } from "@regulars/render/relationships/health-words";
import { textTable } from "../text-table.ts";

const scoreText = (health: Health | undefined): string => (health === undefined ? "–" : String(health.score));
const gradeText = (health: Health | undefined): string => health?.grade ?? "not enough data";

export function listText({ asOf, rows, counts, setAside }: HealthList): string {
  const head = `relationships as of ${asOf}: ${counts.good} good, ${counts.fair} fair, ${counts.poor} poor, ${counts.unknown} without enough data; ${counts.weak} to act on`;
  const table = textTable(
    ["CUSTOMER", "SCORE", "GRADE", "TREND", "LAST CONTACT", "TO ACT ON"],
    rows.map(({ customer, health, weaknesses: [first] }) => [
      customer.name ?? customer.customerId,
      scoreText(health),
      gradeText(health),
      health === undefined ? "–" : trendText(health.trend),
      health?.lastOn ?? "–",
      first === undefined ? "" : weaknessText(first),
    ]),
  );
  const broken = setAside.map(({ customerId, reason }) => `${customerId} cannot be read: ${reason}\n`).join("");
  return `${head}\n${rows.length === 0 ? "" : `${table}\n`}${broken}`;
}

export function customerText({ asOf, row, persons, kpis, isKnownByNobody, userNames, notice }: CustomerHealth): string {
  const names = new Map<string, string | undefined>(persons.map(({ personId, name }) => [personId, name ?? personId]));
  const { customer, health, weaknesses, breadth, isTopFifth } = row;
  const [only, ...others] = breadth.users;
  return [
    headText(customer.name ?? customer.customerId, asOf, health),
    ...weaknesses.map(
      (one) => `to act on: ${weaknessText(one, "personId" in one ? names.get(one.personId) : undefined)}`,
    ),
    `contact both ways: ${breadth.persons.length} of theirs, ${breadth.users.length} of ours`,
    ...(breadth.persons.length === 1 && isTopFifth ? ["one contact only"] : []),
    ...(only === undefined || others.length > 0 ? [] : [`only ${userNames.get(only) ?? only} knows them`]),
    ...(isKnownByNobody ? ["nobody knows them any more"] : []),
    ...kpiLines(kpis, names),
    ...(notice === undefined ? [] : [notice]),
    ...(persons.length === 0 ? [] : [personsTable(persons)]),
    "",
  ].join("\n");
}

export const somebodyText = ({ asOf, health, kpis, notice }: SomebodyHealth, id: string): string =>
  [headText(id, asOf, health), ...kpiLines(kpis, new Map()), ...(notice === undefined ? [] : [notice]), ""].join("\n");

export function previewText({ asOf, customers, persons, moves, examples }: HealthPreview): string {
  const head = `as of ${asOf}, of ${counted(customers, "customer")} and ${counted(persons, "person")}: ${moves.length === 0 ? "nobody would move" : "these would move"}`;
  const moving = moves.map(({ subject, from, to, count }) => `${subject}s from ${from} to ${to}: ${count}`);
  const table = textTable(
    ["CUSTOMER", "PERSON", "NOW", "THEN"],
    examples.map(({ customerId, personId = "", from, to, scoreNow = "–", scoreThen = "–" }) => [
      customerId,
      personId,
      `${from} ${scoreNow}`,
      `${to} ${scoreThen}`,
    ]),
  );
  return [head, ...moving, ...(examples.length === 0 ? [] : [table]), ""].join("\n");
}

function headText(name: string, asOf: string, health: Health | undefined): string {
  if (health === undefined) return `${name}, as of ${asOf}: not enough data`;
  const caps = health.caps.map((cap) => `; ${capText(cap)}`).join("");
  return `${name}, as of ${asOf}: ${health.score} (${health.grade}), ${trendText(health.trend)}; last contact ${health.lastOn}${caps}`;
}

const HIDDEN = "not shown (fewer than three employees)";
const median = (minutes: number | undefined): string => (minutes === undefined ? "too few" : minutesText(minutes));

function kpiLines(kpis: Kpis, names: ReadonlyMap<string, string | undefined>): string[] {
  const nameOf = (personId: string): string => names.get(personId) ?? personId;
  const { ourResponse, ourMinutes, longestWait } = kpis;
  const top = kpis.topPersons.map(({ personId, count }) => `${nameOf(personId)} (${count})`).join(", ");
  const wait =
    longestWait === undefined
      ? []
      : [`longest wait: ${nameOf(longestWait.personId)}, ${counted(longestWait.workingDays, "working day")}`];
  const counts = kpis.counts.map(({ type, direction, count }) => `${count} ${type} ${direction}`).join(", ");
  return [
    `last ${kpis.days} days: ${counts === "" ? "no contact" : counts}${kpis.automatic === 0 ? "" : `; ${kpis.automatic} automatic, not counted`}`,
    ...(counts === "" ? [] : [`by week, the oldest first: ${kpis.weeks.map(({ count }) => count).join(" ")}`]),
    ...(kpis.overDailyLimit === 0
      ? []
      : [`${kpis.overDailyLimit} e-mails over three of a day do not count for the score`]),
    ...(kpis.sentPerReceived === undefined ? [] : [`sent for each received: ${kpis.sentPerReceived}`]),
    ...(top === "" ? [] : [`most contact with: ${top}`]),
    ...wait,
    `answers: ours ${ourResponse === undefined ? HIDDEN : median(ourResponse.medianMinutes)}, theirs ${median(kpis.theirResponse.medianMinutes)}; time: ours ${ourMinutes === undefined ? HIDDEN : minutesText(ourMinutes)}, theirs ${minutesText(kpis.theirMinutes)}`,
    ...(kpis.lastOn === undefined ? [] : [`last contact: ${kpis.lastOn}`]),
    ...(kpis.nextOn === undefined ? [] : [`next contact: ${kpis.nextOn}`]),
    ...(kpis.silentPersons.length === 0 ? [] : [`silent: ${kpis.silentPersons.join(", ")}`]),
  ];
}

const personsTable = (persons: CustomerHealth["persons"]): string =>
  textTable(
    ["PERSON", "SCORE", "GRADE", "TREND", "LAST CONTACT"],
    persons.map(({ personId, name, health }) => [
      name ?? personId,
      scoreText(health),
      gradeText(health),
      health === undefined ? "–" : trendText(health.trend),
      health?.lastOn ?? "–",
    ]),
  );
