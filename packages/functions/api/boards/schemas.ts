import {
  type DealTotal,
  type SortPlace,
  dateFields,
  dealFilterSchema,
  sortFields,
  sortOrders,
} from "@regulars/core/boards/board-query";
import { idOfSegment } from "@regulars/core/platform/id-text";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import { hasOwnerLeft } from "@regulars/core/deals/transfer";
import { dealScopes, visibleTo } from "@regulars/core/boards/visibility";
import type { BoardCard } from "@regulars/flows/boards/read-board";
import type { Context } from "hono";
import * as z from "zod";
import { noteDecision } from "../access/decide.ts";
import type { ApiEnv } from "../http/environment.ts";
import { Problem, fieldErrors } from "../http/problem.ts";
import { dayField, moneySchema } from "../http/schemas.ts";
import { dealJson, dealAnswerSchema } from "../sales-plans/schemas.ts";

const listOf = (example: string, description: string) =>
  z
    .string()
    .min(1)
    .max(6_000)
    .optional()
    .meta({ example, description: `${description}; separate several by commas` });

/** The query of boards and lists: filters, scope and order. */
export const boardQuery = {
  statusId: listOf("st_new", "Deals in this status"),
  managerId: listOf("anna", "Deals of this manager"),
  unassigned: z.enum(["true", "false"]).optional().meta({ description: "true: deals without a manager" }),
  reasonId: listOf("rsn_price", "Deals lost for this reason"),
  dateField: z
    .enum(dateFields)
    .optional()
    .meta({ description: "The date that from and to apply to; default: created" }),
  from: dayField.optional().meta({ description: "First day, in the tenant's zone" }),
  to: dayField.optional().meta({ description: "Last day, inclusive, in the tenant's zone" }),
  search: z.string().min(1).max(100).optional().meta({
    example: "olena",
    description: "Any part of title, name, e-mail address or phone number",
  }),
  scope: z.enum(dealScopes).optional().meta({ description: "Own deals, the team's, or all visible ones" }),
  sort: z.enum(sortFields).optional().meta({ description: "Default: created" }),
  order: z.enum(sortOrders).optional().meta({ description: "Default: descending" }),
};
const querySchema = z.object(boardQuery);
export type BoardQuery = z.output<typeof querySchema>;

const parts = (text: string | undefined): string[] | undefined => text?.split(",").map((part) => part.trim());

/** The filter of a query; throws a problem with each invalid field. */
export function filterOfQuery(query: BoardQuery) {
  const { statusId, managerId, unassigned, reasonId, dateField, from, to, search } = query;
  const filter = {
    statusIds: parts(statusId),
    managerIds: parts(managerId)?.map(idOfSegment),
    isUnassigned: unassigned === undefined ? undefined : unassigned === "true",
    reasonIds: parts(reasonId),
    dateField,
    from,
    to,
    search,
  };
  const parsed = dealFilterSchema.safeParse(filter);
  if (parsed.success) return parsed.data;
  throw new Problem({
    status: 400,
    code: "unusable-fields",
    detail: "some filters cannot be used: see errors",
    errors: fieldErrors(parsed.error, filter),
  });
}

/** The managers with deals that the actor sees, in a plan or without one in all plans. */
export async function visibleDeals(c: Context<ApiEnv>, plan: SalesPlan | undefined, scope: BoardQuery["scope"]) {
  noteDecision(c, "plan.see_all");
  return visibleTo(c.var.actor, plan, await c.var.store.nightly.users(), scope);
}

export const totalSchema = z
  .object({ count: z.int(), sums: z.array(moneySchema) })
  .meta({ id: "DealTotal", description: "Number and worth of all filtered deals, per currency" });

export const totalJson = ({ count, sums }: DealTotal): z.output<typeof totalSchema> => ({
  count,
  sums: moniesOf(sums),
});

export const moniesOf = (sums: Readonly<Record<string, number>>): { minor: number; currency: string }[] =>
  Object.entries(sums)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, sum]) => ({ minor: sum, currency }));

export const cardSchema = dealAnswerSchema
  .extend({
    ownerLeft: z.boolean().meta({ description: "Its manager has left the plan and kept the deal" }),
    person: z.object({
      personId: z.string(),
      name: z.string().nullable(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
    }),
  })
  .meta({ id: "DealCard", description: "A deal with its person" });

export const cardJson = ({ deal, person }: BoardCard, plan: SalesPlan): z.output<typeof cardSchema> => ({
  ...dealJson(deal),
  ownerLeft: hasOwnerLeft(deal, plan),
  person: {
    personId: deal.personId,
    name: person?.name ?? null,
    email: person?.email ?? null,
    phone: person?.phone ?? null,
  },
});

const placeSchema = z.object({ value: z.union([z.string(), z.number()]), dealId: z.string() });

/** A place in a sort order, as a cursor has it. */
export const placeText = (place: SortPlace): string => JSON.stringify(place);
export const readSortPlace = (text: string | undefined): SortPlace | undefined =>
  text === undefined ? undefined : placeSchema.parse(JSON.parse(text));
