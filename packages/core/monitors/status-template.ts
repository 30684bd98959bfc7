import * as z from "zod";
import type { Customer } from "../customers/customer.ts";
import type { Person } from "../customers/person.ts";
import type { Project } from "../customers/project.ts";
import type { ItemError } from "../platform/field-error.ts";
import { type Channel, type Variables, renderText } from "../platform/template.ts";
import { shownValue } from "../platform/shown-value.ts";
import { wellFormed } from "../platform/text.ts";
import { unknownVariable } from "../platform/unknown-variable.ts";
import type { OwnerType } from "./owner.ts";

/** Variables of a customer's card, with what they stand for (docs/reference/monitors.md 4). */
const companyVariables = {
  name: "the company's name",
  code: "its id",
  numb: "its id",
  cuid: "its id",
  cate: "its category",
  cont: "our contact: the rep, else the assigned user",
  cpho: "the company's phone number",
  phon: "the company's phone number",
  mail: "the company's e-mail address",
  maii: "the company's e-mail address",
  team: "its team",
  terr: "its territory",
  lsal: "the day of the last sale",
  dlst: "the days since the last sale",
  risk: "the level of its churn risk",
  lost: "the number of its lost items",
  ovrd: "the amount overdue",
  rlnk: "in digests and alerts a link to the status's finding",
  stat: "the name of the status",
  sinc: "the day since which the status holds",
} as const;

const personVariables = {
  pers: "the person's name",
  ppho: "the person's phone number",
  pmai: "the person's e-mail address",
} as const;

const projectVariables = { proj: "the project's name", psta: "the project's status" } as const;

/** The variables that texts of statuses of these owners may use. */
const variablesOfOwner: Readonly<Record<OwnerType, Readonly<Record<string, string>>>> = {
  company: companyVariables,
  person: { ...companyVariables, ...personVariables },
  project: { ...companyVariables, ...projectVariables },
};

/** A text with variables. Every `<` is closed or written `\<`, so that a forgotten `>` is not sent to anybody. */
export const statusTemplateSchema = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `is longer than ${most} characters`)
    .refine(...wellFormed)
    .superRefine((text, { addIssue }) => {
      const at = unclosedAt(text);
      if (at !== undefined)
        addIssue({
          code: "custom",
          message: `has a "<" without its ">" at character ${at + 1} (${shownValue(text.slice(at))}): close it like <name>, or write \\< for the sign itself`,
        });
    });

/** Where the first `<` is that no `>` closes before the next `<` or the end. */
function unclosedAt(text: string): number | undefined {
  let open: number | undefined;
  for (let at = 0; at < text.length; at += 1) {
    if (text.startsWith("\\<", at)) at += 1;
    else if (text[at] === "<") {
      if (open !== undefined) return open;
      open = at;
    } else if (text[at] === ">") open = undefined;
  }
  return open;
}

const BRACKETED = /\\<|<([^<>]*)>/g;

/** What of a text's `<…>` is no variable: it stays as it is written. */
export function unknownIn(text: string, ownerType: OwnerType): readonly string[] {
  const known = variablesOfOwner[ownerType];
  const names = [...text.matchAll(BRACKETED)]
    .map(([, inside]) => inside)
    .filter((inside) => inside !== undefined)
    .filter((inside) => !Object.hasOwn(known, inside.replace(/\|.*$/s, "")));
  return [...new Set(names)].map((inside) => `<${inside}>`);
}

/** What is wrong with texts that go out as they are written: the first `<…>` of each that is no variable of the owner. */
export function unknownVariablesOf(
  texts: Readonly<Record<string, string | undefined>>,
  ownerType: OwnerType,
): readonly ItemError[] {
  const known = Object.keys(variablesOfOwner[ownerType]);
  return Object.entries(texts).flatMap(([path, text = ""]) => {
    const [token] = unknownIn(text, ownerType);
    if (token === undefined) return [];
    const name = token.slice(1, -1).replace(/\|.*$/s, "");
    return [{ path, code: "unknown-variable", message: unknownVariable(name, known) }];
  });
}

/** What a text is rendered for. What is not known is empty, or its fallback. */
export interface StatusCard {
  readonly statusName: string;
  readonly since: string;
  readonly customer: Customer;
  /** Our contact: the rep, else the assigned user; our company where the customer has neither. */
  readonly contactName: string;
  readonly person?: Person | undefined;
  readonly project?: Pick<Project, "projectId" | "name" | "status"> | undefined;
  readonly lastSaleOn?: string | undefined;
  readonly daysSinceSale?: number | undefined;
  readonly risk?: string | undefined;
  readonly lostItems?: number | undefined;
  readonly overdue?: string | undefined;
}

/** The values of a text's variables. */
export function variablesOf(card: StatusCard): Variables {
  const { customer, person, project } = card;
  const { customerId } = customer;
  return {
    name: customer.name ?? customerId,
    code: customerId,
    numb: customerId,
    cuid: customerId,
    cate: customer.category ?? "",
    cont: card.contactName,
    cpho: customer.phone ?? "",
    phon: customer.phone ?? "",
    mail: customer.email ?? "",
    maii: customer.email ?? "",
    team: customer.teamId ?? "",
    terr: customer.territoryId ?? "",
    lsal: card.lastSaleOn ?? "",
    dlst: textOfNumber(card.daysSinceSale),
    risk: card.risk ?? "",
    lost: textOfNumber(card.lostItems),
    ovrd: card.overdue ?? "",
    // Known when it is told (core/notifications/compose.ts).
    rlnk: "",
    stat: card.statusName,
    sinc: card.since,
    ...(person === undefined
      ? {}
      : { pers: person.name ?? person.personId, ppho: person.phone ?? "", pmai: person.email ?? "" }),
    ...(project === undefined ? {} : { proj: project.name ?? project.projectId, psta: project.status ?? "" }),
  };
}

const textOfNumber = (value: number | undefined): string => (value === undefined ? "" : String(value));

/** A status's text for one owner: in one pass, values are escaped for the channel and never expanded again. */
export const statusText = (source: string, card: StatusCard, channel: Channel): string =>
  renderText(source, variablesOf(card), channel);
