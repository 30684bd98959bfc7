import type { ExplainedLeaf } from "@regulars/core/monitors/explain";
import { type OwnerType, ownerIdOf, ownerTypes } from "@regulars/core/monitors/owner";
import { counted } from "@regulars/core/platform/counted";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { toInstant } from "@regulars/core/platform/values";
import { type ExplainedOwner, explainCriteria } from "@regulars/flows/monitors/explain-criteria";
import { findOwner } from "@regulars/flows/monitors/find-owner";
import { listEntering } from "@regulars/flows/monitors/list-entering";
import type { CriteriaInput, Foretold } from "@regulars/flows/monitors/prepare-criteria";
import { previewCriteria } from "@regulars/flows/monitors/preview-criteria";
import { readGivenCriteria } from "@regulars/flows/monitors/read-given-criteria";
import { selectOwners } from "@regulars/flows/monitors/select-owners";
import type { OpenedTenant } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { dayArgument, checkedArgument, oneOf, tenantArgument, wholeNumber } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";
import { criteriaOf } from "./criteria-option.ts";
import { previewText } from "./preview-text.ts";

export interface SelectOptions {
  readonly tenant: string;
  readonly criteria?: string;
  readonly status?: string;
  readonly ownerType?: string;
  readonly asOf?: string;
  readonly preview?: boolean;
  readonly explain?: string;
  readonly entering?: string;
}

interface Asked {
  readonly opened: OpenedTenant;
  readonly session: Session;
  readonly input: CriteriaInput & Foretold;
}

/** `regulars select`: who meets criteria or has a status, why, and who will. */
export async function selectCommand(session: Session, options: SelectOptions): Promise<number> {
  const tenantId = tenantArgument(options.tenant);
  const asOf = options.asOf === undefined ? undefined : dayArgument("--as-of", options.asOf);
  const days =
    options.entering === undefined ? undefined : wholeNumber("--entering", options.entering, { least: 1, most: 400 });
  const about = givenOf(options);
  const questions = [options.preview === true, options.explain !== undefined, days !== undefined].filter((is) => is);
  if (questions.length > 1) throw new UserError("ask one thing at a time: --preview, --explain ID or --entering DAYS");
  return withExistingSystem(session, async (system) => {
    const given = "file" in about ? { ...about, criteria: await criteriaOf("--criteria", about.file) } : about;
    const opened = await system.openTenant(tenantId);
    const { tenant, catalog, store } = opened;
    const { criteria, fields } = await usableCriteria(opened, given);
    const input: CriteriaInput & Foretold = {
      tenant,
      catalog,
      nightly: store.nightly,
      monitors: store.monitors,
      criteria,
      fields,
      // Whoever has the data folder sees every customer.
      canSee: () => true,
      asOf,
      now: toInstant(system.runtime.clock()),
    };
    const asked: Asked = { opened, session, input };
    if (options.explain !== undefined) await explain(asked, options.explain);
    else if (days !== undefined) await showEntering(asked, days);
    else if (options.preview === true) await preview(asked);
    else await select(asked);
    return 0;
  });
}

type About = { readonly file: string; readonly ownerType: OwnerType } | { readonly statusId: string };
type Given = { readonly criteria: unknown; readonly ownerType: OwnerType } | { readonly statusId: string };

function givenOf({ criteria, status, ownerType }: SelectOptions): About {
  if ((criteria === undefined) === (status === undefined))
    throw new UserError("give one of --criteria FILE, which has the criteria, and --status ID");
  if (status !== undefined) {
    if (ownerType !== undefined) throw new UserError("--owner-type goes with --criteria: a status has its own");
    return { statusId: checkedArgument(monitorIdSchema, "--status", status) };
  }
  return {
    file: criteria ?? "",
    ownerType: ownerType === undefined ? "company" : oneOf(ownerTypes, "--owner-type", ownerType),
  };
}

async function usableCriteria({ tenant, store, catalog }: OpenedTenant, given: Given) {
  const { monitors, customersAfter } = store;
  const known = { tenant, catalog, monitors, customersAfter };
  if ("criteria" in given) {
    const { criteria, ownerType } = given;
    return usable(await readGivenCriteria(known, criteria, { ownerType }));
  }
  const monitor = (await monitors.monitors()).find(({ statusId }) => statusId === given.statusId);
  if (monitor?.criteria === undefined || monitor.deletedAt !== undefined)
    throw new UserError(`there is no status monitor ${given.statusId} with criteria`);
  const { criteria, ownerType, statusId } = monitor;
  return usable(await readGivenCriteria(known, criteria, { ownerType, statusId }));
}

async function select({ session, input, opened }: Asked): Promise<void> {
  const { asOf, owners, setAside } = usable(await selectOwners(input));
  for (const { customerId, reason } of setAside) session.note(`${customerId} cannot be read: ${reason}\n`);
  const ids = owners.map(ownerIdOf);
  if (session.json)
    return printJson(session, {
      tenant: opened.tenant.tenantId,
      asOf,
      ids,
      ...(setAside.length === 0 ? {} : { setAside }),
    });
  session.print(`${counted(ids.length, input.fields.ownerType, PLURALS[input.fields.ownerType])} as of ${asOf}\n`);
  session.print(ids.map((id) => `${id}\n`).join(""));
}

const PLURALS: Readonly<Record<OwnerType, string>> = { company: "companies", person: "persons", project: "projects" };

async function showEntering({ session, input, opened }: Asked, days: number): Promise<void> {
  const { asOf, entering } = usable(await listEntering({ ...input, days }));
  const rows = entering.map(({ owner, on }) => ({ id: ownerIdOf(owner), on }));
  if (session.json) return printJson(session, { tenant: opened.tenant.tenantId, asOf, days, entering: rows });
  session.print(`${rows.length} will enter within ${counted(days, "day")} after ${asOf} if nothing happens\n`);
  session.print(rows.map(({ id, on }) => `${on} ${id}\n`).join(""));
}

async function preview({ session, input, opened }: Asked): Promise<void> {
  const found = usable(await previewCriteria(input));
  if (session.json)
    return printJson(session, {
      tenant: opened.tenant.tenantId,
      ...found,
      examples: found.examples.map(ownerIdOf),
      entering: found.entering.map(ownerIdOf),
      leaving: found.leaving.map(ownerIdOf),
    });
  session.print(previewText(found, { isCompared: false }));
}

async function explain({ session, input, opened }: Asked, id: string): Promise<void> {
  const owner = usable(await findOwner(opened.store.records, input.fields.ownerType, id));
  const explained = usable(await explainCriteria({ ...input, owner }));
  if (session.json) return printJson(session, { tenant: opened.tenant.tenantId, ...explained });
  session.print(explanationText(id, explained));
}

function explanationText(
  id: string,
  { isOn, leaves, willEnterOn, willLeaveOn, foretoldUntil, asOf }: ExplainedOwner,
): string {
  const head = `${id} ${isOn ? "meets" : "does not meet"} the criteria as of ${asOf}\n`;
  const rows = leaves.map((leaf) => [
    leaf.path,
    leaf.field,
    askedText(leaf),
    String(leaf.value ?? "none"),
    leaf.truth === undefined ? "unknown" : String(leaf.truth),
  ]);
  const table = textTable(["COMPARISON", "FIELD", "ASKED", "VALUE", "TRUE"], rows);
  const turn =
    willEnterOn !== undefined
      ? `It will from ${willEnterOn} on if nothing happens\n`
      : willLeaveOn !== undefined
        ? `It will not any more from ${willLeaveOn} on if nothing happens\n`
        : foretoldUntil === undefined
          ? ""
          : `Nothing of it will change until ${foretoldUntil} if nothing happens; findings are not foretold further\n`;
  return `${head}${table}\n${turn}`;
}

const askedText = ({ op, threshold, unit, orNever, includeAutomatic }: ExplainedLeaf): string =>
  [
    op,
    Array.isArray(threshold) ? threshold.join(", ") : threshold,
    unit,
    orNever === true ? "OR NEVER" : undefined,
    includeAutomatic === true ? "INCLUDING AUTOMATIC" : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(" ");

type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly message: string;
      readonly errors?: readonly { readonly path: string; readonly message: string }[];
    };

function usable<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  const errors = (answer.errors ?? []).map(({ path, message }) => `\n${path}: ${message}`);
  throw new UserError(`${answer.reason}: ${answer.message}${errors.join("")}`);
}
