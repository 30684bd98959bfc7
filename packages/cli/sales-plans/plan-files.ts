import { readFile } from "node:fs/promises";
import { type User, isActive } from "@regulars/core/access/user";
import type { ItemError } from "@regulars/core/platform/field-error";
import { counted } from "@regulars/core/platform/counted";
import { compareText } from "@regulars/core/platform/compare";
import { examplePlan } from "@regulars/core/sales-plans/example-plan";
import { type SalesPlan, newPlanSchema, salesPlanChangeSchema } from "@regulars/core/sales-plans/sales-plan";
import { changeSalesPlan } from "@regulars/flows/assignment/change-sales-plan";
import type { SalesContext } from "@regulars/flows/sales-context";
import { createSalesPlan } from "@regulars/flows/sales-plans/create-sales-plan";
import { planErrors } from "@regulars/flows/sales-plans/plan-errors";
import { UserError } from "@regulars/local/user-error";
import { type Session, printJson } from "../session.ts";

/** `plans create --example`: a file that creates a plan as it is, with users of the tenant as its managers. */
export function printExample(session: Session, users: readonly User[]): number {
  printJson(
    session,
    examplePlan(
      users
        .filter(isActive)
        .map(({ userId }) => userId)
        .toSorted(compareText),
    ),
  );
  return 0;
}

/** `plans create FILE`. */
export async function createPlan(session: Session, context: SalesContext, path: string): Promise<number> {
  const asked = await readJson(path);
  const parsed = newPlanSchema.safeParse(asked);
  const errors = await planErrors(context, newPlanSchema, asked);
  if (!parsed.success || errors.length > 0) throw new UserError(allErrors(path, "sales plan", errors));
  const made = await createSalesPlan(context, parsed.data);
  if (!made.ok) throw new UserError(made.message);
  if (session.json) printJson(session, { tenant: context.tenant.tenantId, plan: made.value });
  else session.print(`created the sales plan ${made.value.name}: ${made.value.planId}\n`);
  return 0;
}

/** `plans edit PLAN FILE`: the file has only what changes. */
export async function editPlan(
  session: Session,
  context: SalesContext,
  { planId, currency }: SalesPlan,
  path: string,
): Promise<number> {
  const asked = await readJson(path);
  const parsed = salesPlanChangeSchema.safeParse(asked);
  const found = await planErrors(context, salesPlanChangeSchema, asked, currency);
  const errors = found.filter(({ path: at }) => !at.startsWith("statuses[")).map(withoutStatuses);
  if (!parsed.success || errors.length > 0) throw new UserError(allErrors(path, "change of a sales plan", errors));
  const saved = await changeSalesPlan({ context, planId, change: parsed.data });
  if (!saved.ok) throw new UserError(saved.message);
  if (session.json) printJson(session, { tenant: context.tenant.tenantId, plan: saved.value });
  else
    session.print(`changed the sales plan ${saved.value.name} (${planId}): ${Object.keys(parsed.data).join(", ")}\n`);
  return 0;
}

const withoutStatuses = (error: ItemError): ItemError =>
  error.path === "statuses" && error.code === "unknown-property"
    ? { ...error, message: "cannot be changed by a file: the API changes one status at a time" }
    : error;

/** One line that names every error with its path. */
const allErrors = (path: string, what: string, errors: readonly ItemError[]): string =>
  `${path} is no ${what}, it has ${counted(errors.length, "error")}: ${errors.map(({ path: at, message }) => `${at === "" ? "the file" : at} ${message}`).join("; ")}`;

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      throw new UserError(`there is no file ${path}`);
    throw new UserError(`${path} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
