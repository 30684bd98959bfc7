import type { Digest } from "@regulars/core/notifications/message";
import { type MessageText } from "@regulars/core/platform/message-text";
import { escapeFor } from "@regulars/core/platform/template";
import { digestSkeleton as skeleton } from "@regulars/render/digest/digest-skeleton";

const money = new Intl.NumberFormat("en", { style: "currency", currency: "EUR" });
const date = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const html = (text: string): string => escapeFor("html", text);

/** A fragment as its texts between the places, so that a template literal's cost is that of joining. */
const pieces = (fragment: string): readonly string[] => fragment.split(/\{\{\{?\s*\w+\s*\}?\}\}/);
const [page, card, section, line, high, newMark, stake, followUp, call, more] = [
  skeleton.page,
  skeleton.card,
  skeleton.section,
  skeleton.line,
  skeleton.high,
  skeleton.newMark,
  skeleton.stake,
  skeleton.followUp,
  skeleton.call,
  skeleton.more,
].map(pieces);

const join = (parts: readonly string[] | undefined, values: readonly string[]): string =>
  (parts ?? []).reduce((text, part, index) => `${text}${part}${values[index] ?? ""}`, "");

const valueOf = (text: MessageText, name: string): string => {
  const value = text.variables[name];
  if (value?.type === "number") return String(value.value);
  if (value?.type === "money") return money.format((value.amounts[0]?.minor ?? 0) / 100);
  if (value?.type === "day") return date.format(Date.parse(value.day));
  return value?.type === "text" ? value.text : "";
};

/** The same digest in English by template literals: what rendering costs without languages, plurals and checks. */
export function plainDigest({ tenantName, to, lines, link, asOf }: Digest): string {
  const rows = lines.map(({ customerName, why, followUp: message, atStakeMinor, contact, link: target, isNew }) => {
    const reason = `owes ${valueOf(why, "ovrd")} on ${valueOf(why, "invo")} invoices, ${valueOf(why, "disp")} of them disputed; the oldest was due ${valueOf(why, "dued")}, ${valueOf(why, "dpdu")} days ago`;
    const said = `Hello ${valueOf(message, "pers")}, perhaps it slipped by: ${valueOf(message, "ovrd")} on ${valueOf(message, "invo")} invoices is still open, the oldest since ${valueOf(message, "dued")}. Could you have a look and tell me when the payment will come? If it is on its way already, or something is wrong with an invoice, just reply. Best regards, ${valueOf(message, "cont")}`;
    const atStake = money.format(atStakeMinor / 100);
    const phone = contact?.phone ?? "";
    return {
      html: join(line, [
        join(high, ["▲ High"]),
        "",
        "",
        isNew ? join(newMark, ["NEW"]) : "",
        html(target),
        html(customerName),
        join(stake, ["at stake", html(atStake)]),
        "Overdue payments",
        html(reason),
        "",
        join(followUp, ["Message you can send", html(said)]),
        join(call, [`tel:${phone.replace(/[^+\d]/g, "")}`, `Call ${html(contact?.name ?? "")}`, html(phone)]),
        "",
        html(target),
        "Open in Regulars",
      ]),
      text: `▲ High | ${customerName}\n  Overdue payments: ${reason}\n  At stake: ${atStake}\n  Call: ${contact?.name ?? ""} ${phone}\n  Open: ${target}\n  Message you can send:\n  > ${said}`,
    };
  });
  const lead = `Hello ${to.name}, you have 24 overdue. 3 of them are new. Everything up to ${date.format(Date.parse(asOf))} is counted.`;
  const list = join(card, [
    join(section, [
      "Talk to these first",
      rows.map((row) => row.html).join("\n"),
      join(more, [html(link), "and 14 more"]),
    ]),
  ]);
  const whole = join(page, [
    "en",
    "subject",
    html(lead),
    html(tenantName),
    "24 to act on",
    html(lead),
    list,
    html(link),
    "Open your whole list",
    "You get this e-mail",
  ]);
  return `${whole}${tenantName}: 24 to act on\n\n${lead}\n\n${rows.map((row) => row.text).join("\n\n")}\n\nOpen your whole list: ${link}\n`;
}
