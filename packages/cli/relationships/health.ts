import { isOpenDeal } from "@regulars/core/deals/deal";
import { dealIdSchema } from "@regulars/core/platform/ids";
import { localDay } from "@regulars/core/platform/period";
import { customerIdSchema, toInstant } from "@regulars/core/platform/values";
import { type Grade, grades } from "@regulars/core/relationships/grades";
import { healthJson, kpisJson, rangesJson } from "@regulars/core/relationships/health-json";
import { customerHealthJson, healthRowJson, previewJson } from "@regulars/flows/relationships/health-answers";
import { listHealth } from "@regulars/flows/relationships/list-health";
import { previewHealth } from "@regulars/flows/relationships/preview-health";
import { readCustomerHealth } from "@regulars/flows/relationships/read-customer-health";
import { findContact, findSomebody } from "@regulars/flows/who-knows/find-target";
import { type SomebodyHealth, readSomebodyHealth } from "@regulars/flows/who-knows/somebody-health";
import { healthCsv } from "@regulars/render/relationships/health-csv";
import { UserError } from "@regulars/local/user-error";
import type { OpenedTenant } from "@regulars/local/system";
import { dayArgument, checkedArgument, oneOf, tenantArgument } from "../arguments.ts";
import { relationshipsSetting } from "../insights/settings.ts";
import { refuseUnknownUsers } from "../customers/known-ids.ts";
import { type Session, printJson, usable, withExistingSystem } from "../session.ts";
import { customerText, listText, previewText, somebodyText } from "./health-text.ts";

export interface HealthOptions {
  readonly tenant: string;
  readonly customer?: string;
  readonly person?: string;
  readonly deal?: string;
  readonly rep?: readonly string[];
  readonly grade?: readonly string[];
  readonly onlyWeak?: boolean;
  readonly try?: readonly string[];
  readonly csv?: boolean;
  readonly asOf?: string;
}

type Asked =
  | { readonly type: "list" }
  | { readonly type: "preview" }
  | { readonly type: "customer" | "person" | "deal"; readonly id: string };

/** `regulars health`: all customers, one of them, a person or lead, or a deal; or what other settings would change. */
export function healthCommand(session: Session, options: HealthOptions): Promise<number> {
  const tenantId = tenantArgument(options.tenant);
  const asked = askedOf(options);
  const asOf = options.asOf === undefined ? undefined : dayArgument("--as-of", options.asOf);
  const wanted = (options.grade ?? []).map((grade): Grade => oneOf(grades, "--grade", grade));
  const change = Object.fromEntries((options.try ?? []).map(relationshipsSetting));
  return withExistingSystem(session, async (system) => {
    const opened = await system.openTenant(tenantId);
    await refuseUnknownUsers(opened, "--rep", options.rep);
    const { tenant, store } = opened;
    const { records } = store;
    const reading = { tenant, store: store.nightly, asOf, now: toInstant(system.runtime.clock()) };
    const scope = { canSee: () => true };
    if (asked.type === "preview") {
      const preview = usable(await previewHealth({ ...reading, change }));
      print(session, { tenant: tenantId, ...previewJson(preview) }, previewText(preview));
    } else if (asked.type === "list") {
      const filter = { repIds: options.rep, grades: wanted, onlyWeak: options.onlyWeak };
      const list = usable(await listHealth({ ...reading, scope, filter }));
      const { counts, setAside, rows } = list;
      const json = { tenant: tenantId, asOf: list.asOf, counts, setAside, customers: rows.map(healthRowJson) };
      print(session, json, options.csv === true ? healthCsv(rows) : listText(list));
    } else if (asked.type === "customer") {
      const customerId = checkedArgument(customerIdSchema, "--customer", asked.id);
      const read = usable(await readCustomerHealth({ ...reading, records, scope, customerId }));
      print(session, customerHealthJson(read), customerText(read));
    } else {
      const target = await targetOf(store, asked.type, asked.id, tenant.timeZone);
      const read = usable(await readSomebodyHealth({ ...reading, whoKnows: store.whoKnows, records, ...target }));
      print(session, { [`${asked.type}Id`]: asked.id, ...somebodyJson(read) }, somebodyText(read, asked.id));
    }
    return 0;
  });
}

function print(session: Session, json: object, text: string): void {
  if (session.json) printJson(session, json);
  else session.print(text);
}

function askedOf({ customer, person, deal, try: tried }: HealthOptions): Asked {
  const given = (["customer", "person", "deal"] as const).flatMap((type) => {
    const id = { customer, person, deal }[type];
    return id === undefined ? [] : [{ type, id }];
  });
  const [one, ...more] = given;
  if (more.length > 0 || (one !== undefined && tried !== undefined))
    throw new UserError("name at most one of --customer, --person, --deal and --try");
  if (one !== undefined) return one;
  return tried === undefined ? { type: "list" } : { type: "preview" };
}

async function targetOf(store: OpenedTenant["store"], type: "person" | "deal", id: string, timeZone: string) {
  const stores = { store: store.whoKnows, contacts: store.sales.contacts };
  if (type === "person") return { somebody: usable(await findSomebody(stores, id)) };
  const deal = await store.sales.deals.deal(checkedArgument(dealIdSchema, "--deal", id));
  if (deal === undefined) throw new UserError(`there is no deal ${id}`);
  if (!isOpenDeal(deal)) throw new UserError(`deal ${id} is closed: only open deals have health`);
  const openedOn = localDay(deal.createdAt, timeZone);
  return { somebody: usable(await findContact(stores, deal.personId)), deal: { openedOn } };
}

const somebodyJson = ({ asOf, health, settings, kpis, scores, notice }: SomebodyHealth) => ({
  asOf,
  ...healthJson(health),
  contactDays: settings.contactDays,
  ranges: rangesJson(settings),
  kpis: kpisJson(kpis),
  notice: notice ?? null,
  scores: scores.map((score) => score ?? null),
});
