import { type IgnoreTarget, ignoreNoteSchema } from "@regulars/core/code-red/ignore";
import { itemJson, linkJson, rowJson } from "@regulars/core/code-red/row-json";
import { recentTypes } from "@regulars/core/code-red/recent";
import { type TriedSettings, comparisonModes } from "@regulars/core/code-red/settings";
import { localeFor } from "@regulars/core/platform/languages";
import { customerIdSchema, itemIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { ignoreRow } from "@regulars/flows/code-red/ignore-row";
import { listCodeRed } from "@regulars/flows/code-red/list-code-red";
import { readCodeRedCustomer } from "@regulars/flows/code-red/read-customer";
import type { OpenedTenant } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { codeRedCsv } from "@regulars/render/code-red/code-red-csv";
import { pageWordsOf } from "@regulars/render/texts/page-words";
import { dayArgument, checkedArgument, oneOf, tenantArgument, wholeNumber } from "../arguments.ts";
import { refuseUnknownUsers } from "../customers/known-ids.ts";
import { type Session, printJson, usable, withExistingSystem } from "../session.ts";
import { codeRedActions } from "./actions.ts";
import { describeCustomer, describeList } from "./describe-code-red.ts";

export interface CodeRedOptions {
  readonly tenant: string;
  readonly asOf?: string;
  readonly percent?: string;
  readonly mode?: string;
  readonly seasonal?: boolean;
  readonly assigned?: readonly string[];
  readonly rep?: readonly string[];
  readonly team?: readonly string[];
  readonly territory?: readonly string[];
  readonly onlyRed?: boolean;
  readonly onlyConfirmed?: boolean;
  readonly showIgnored?: boolean;
  readonly ignoreDays?: string;
  readonly exclude?: readonly string[];
  readonly csv?: boolean;
  readonly item?: string;
  readonly link?: string;
  readonly days?: string;
  readonly note?: string;
  readonly by?: string;
}

interface Asked {
  readonly opened: OpenedTenant;
  readonly session: Session;
  readonly options: CodeRedOptions;
  readonly now: ReturnType<typeof toInstant>;
}

/** `regulars code-red [ACTION] [CUSTOMER]`: the call list, one customer of it, and what it hides. */
export function codeRedCommand(
  session: Session,
  actionName: string,
  customer: string | undefined,
  options: CodeRedOptions,
): Promise<number> {
  const action = oneOf(codeRedActions, "action", actionName);
  const tenantId = tenantArgument(options.tenant);
  checkArguments(options);
  return withExistingSystem(session, async (system) => {
    const opened = await system.openTenant(tenantId);
    await refuseUnknownUsers(opened, "--rep", options.rep);
    await refuseUnknownUsers(opened, "--assigned", options.assigned);
    await refuseUnknownUsers(opened, "--by", options.by);
    const asked = { opened, session, options, now: toInstant(system.runtime.clock()) };
    if (action === "list") await showList(asked);
    else if (action === "show") await showCustomer(asked, customer);
    else await ignore(asked, customer);
    return 0;
  });
}

/** Refuses unusable options before anything is opened. */
function checkArguments(options: CodeRedOptions): void {
  triedOf(options);
  viewOf(options);
  targetOf(options);
}

const triedOf = ({ percent, mode, seasonal, exclude = [] }: CodeRedOptions): TriedSettings => ({
  ...Object.fromEntries(exclude.map(excludedDays)),
  percent: percent === undefined ? undefined : wholeNumber("--percent", percent, { least: 1, most: 100 }),
  mode: mode === undefined ? undefined : oneOf(comparisonModes, "--mode", mode),
  seasonal,
});

const EXCLUDED = {
  activity: "excludeActivityDays",
  quote: "excludeQuoteDays",
  order: "excludeOrderDays",
  invoice: "excludeInvoiceDays",
} as const;

/** Reads TYPE=DAYS. */
function excludedDays(text: string): readonly [string, number] {
  const [type = "", days = "", ...more] = text.split("=");
  if (more.length > 0 || days === "") throw new UserError(`--exclude "${text}" is not like activity=30`);
  const name = EXCLUDED[oneOf(recentTypes, "--exclude", type)];
  return [name, wholeNumber(`--exclude ${type}`, days, { least: 1, most: 3650 })];
}

const viewOf = ({ ignoreDays }: CodeRedOptions) =>
  ignoreDays === undefined
    ? {}
    : { ignoreCustomerDays: wholeNumber("--ignore-days", ignoreDays, { least: 0, most: 3650 }) };

const readingOf = ({ opened, options, now }: Asked) => ({
  tenant: opened.tenant,
  store: opened.store.nightly,
  codeRed: opened.store.codeRed,
  // Whoever has the data folder sees every customer.
  scope: { canSee: () => true },
  settings: triedOf(options),
  view: viewOf(options),
  asOf: options.asOf === undefined ? undefined : dayArgument("--as-of", options.asOf),
  now,
});

async function showList(asked: Asked): Promise<void> {
  const { opened, session, options } = asked;
  const { onlyRed, onlyConfirmed, showIgnored } = options;
  const filter = {
    assignedUserIds: options.assigned,
    repIds: options.rep,
    teamIds: options.team,
    territoryIds: options.territory,
    onlyRed,
    onlyConfirmed,
    showIgnored,
  };
  const list = usable(await listCodeRed({ ...readingOf(asked), filter }));
  if (session.json)
    printJson(session, {
      tenant: opened.tenant.tenantId,
      asOf: list.asOf,
      counts: list.counts,
      basis: list.compared.plan.settings.basis,
      withoutRate: list.withoutRate,
      setAside: list.setAside,
      customers: list.rows.map((row) => rowJson(row, row.customer.name)),
    });
  else if (options.csv === true)
    session.print(
      codeRedCsv(
        list.rows.map((row) => ({ row, name: row.customer.name })),
        { currency: opened.tenant.currency, basis: list.compared.plan.settings.basis },
      ),
    );
  else session.print(describeList(list, opened.tenant));
}

async function showCustomer(asked: Asked, customer: string | undefined): Promise<void> {
  const { opened, session } = asked;
  const read = usable(await readCodeRedCustomer({ ...readingOf(asked), customerId: customerOf(customer) }));
  if (session.json)
    printJson(session, {
      asOf: read.asOf,
      ...rowJson(read.row, read.customer.name),
      items: read.row.items.map((item) => itemJson(item, read.itemNames.get(item.itemId))),
      links: read.row.links.map(linkJson),
    });
  else {
    const english = await pageWordsOf(localeFor("en", opened.tenant.locale));
    session.print(describeCustomer(read, opened.tenant, english));
  }
}

async function ignore(asked: Asked, customer: string | undefined): Promise<void> {
  const { session, options } = asked;
  const { settings: _settings, view: _view, asOf: _asOf, ...reading } = readingOf(asked);
  const stamp = usable(
    await ignoreRow({
      ...reading,
      customerId: customerOf(customer),
      target: targetOf(options),
      days: options.days === undefined ? undefined : wholeNumber("--days", options.days, { least: 0, most: 3650 }),
      note: options.note === undefined ? undefined : checkedArgument(ignoreNoteSchema, "--note", options.note),
      by: options.by === undefined ? undefined : checkedArgument(userIdSchema, "--by", options.by),
    }),
  );
  if (session.json) printJson(session, stamp);
  else if (stamp.days === 0) session.print(`${stamp.customerId} is shown again\n`);
  else session.print(`${stamp.customerId} is ignored from ${stamp.on} for ${stamp.days} days\n`);
}

function targetOf({ item, link }: CodeRedOptions): IgnoreTarget {
  if (item !== undefined && link !== undefined) throw new UserError("name either --item or --link");
  if (item !== undefined) return { type: "item", itemId: checkedArgument(itemIdSchema, "--item", item) };
  if (link === undefined) return { type: "customer" };
  const [itemId, linkedItemId, ...more] = link.split(",");
  if (itemId === undefined || linkedItemId === undefined || more.length > 0)
    throw new UserError(`--link "${link}" is not like ITEM,LINKED_ITEM`);
  return {
    type: "link",
    itemId: checkedArgument(itemIdSchema, "--link", itemId),
    linkedItemId: checkedArgument(itemIdSchema, "--link", linkedItemId),
  };
}

function customerOf(customer: string | undefined) {
  if (customer === undefined) throw new UserError("name the customer: its id, as `regulars code-red --json` gives it");
  return checkedArgument(customerIdSchema, "customer", customer);
}
