import { customerIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { dealIdSchema } from "@regulars/core/platform/ids";
import { type Target, type WhoKnows, askWhoKnows } from "@regulars/flows/who-knows/ask-who-knows";
import { findContact, findSomebody } from "@regulars/flows/who-knows/find-target";
import { UserError } from "@regulars/local/user-error";
import type { OpenedTenant } from "@regulars/local/system";
import { dayArgument, checkedArgument, tenantArgument } from "../arguments.ts";
import { refuseUnknownUsers } from "../customers/known-ids.ts";
import { type Session, printJson, usable, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";

export interface WhoKnowsOptions {
  readonly tenant: string;
  readonly person?: string;
  readonly customer?: string;
  readonly deal?: string;
  readonly requester?: string;
  readonly asOf?: string;
}

/** `regulars who-knows`: colleagues who know a person, anybody at a customer, or the person of a deal. */
export function whoKnowsCommand(session: Session, options: WhoKnowsOptions): Promise<number> {
  const tenantId = tenantArgument(options.tenant);
  const asked = askedOf(options);
  const requesterId =
    options.requester === undefined ? undefined : checkedArgument(userIdSchema, "--requester", options.requester);
  const asOf = options.asOf === undefined ? undefined : dayArgument("--as-of", options.asOf);
  return withExistingSystem(session, async (system) => {
    const opened = await system.openTenant(tenantId);
    const { tenant, store } = opened;
    await refuseUnknownUsers(opened, "--requester", requesterId);
    const target = await targetOf(store, asked);
    const now = toInstant(system.runtime.clock());
    const known = usable(await askWhoKnows({ tenant, store: store.whoKnows, target, requesterId, asOf, now }));
    if (session.json) printJson(session, { asOf: known.asOf, [`${asked.type}Id`]: asked.id, ...listed(known) });
    else session.print(described(known, asked));
    return 0;
  });
}

interface Asked {
  readonly type: "person" | "customer" | "deal";
  readonly id: string;
}

function askedOf({ person, customer, deal }: WhoKnowsOptions): Asked {
  const given = Object.entries({ person, customer, deal }).flatMap(([type, id]) =>
    id === undefined ? [] : [{ type: type === "person" || type === "deal" ? type : "customer", id } as const],
  );
  const [one, ...more] = given;
  if (one === undefined || more.length > 0) throw new UserError("name one of --person, --customer and --deal");
  return one;
}

async function targetOf(store: OpenedTenant["store"], { type, id }: Asked): Promise<Target> {
  const stores = { store: store.whoKnows, contacts: store.sales.contacts };
  if (type === "person") return { type: "person", somebody: usable(await findSomebody(stores, id)) };
  if (type === "customer") {
    const customerId = checkedArgument(customerIdSchema, "--customer", id);
    if ((await store.whoKnows.customer(customerId)) === undefined) throw new UserError(`there is no customer ${id}`);
    return { type: "customer", customerId };
  }
  const deal = await store.sales.deals.deal(checkedArgument(dealIdSchema, "--deal", id));
  if (deal === undefined) throw new UserError(`there is no deal ${id}`);
  return { type: "person", somebody: usable(await findContact(stores, deal.personId)) };
}

const listed = ({ colleagues, isOrphaned }: WhoKnows) => ({
  isOrphaned,
  colleagues: colleagues.map(({ name, ...one }) => ({ ...one, name: name ?? null })),
});

function described({ asOf, colleagues, isOrphaned }: WhoKnows, { type, id }: Asked): string {
  if (colleagues.length === 0)
    return isOrphaned
      ? `as of ${asOf}, nobody knows ${type} ${id} any more: who did has left\n`
      : `as of ${asOf}, nobody is known to know ${type} ${id}\n`;
  const rows = colleagues.map(({ userId, name, strength, label, lastOn, meetings }) => [
    name ?? userId,
    strength.toFixed(4),
    label,
    lastOn,
    String(meetings),
  ]);
  return `who knows ${type} ${id}, as of ${asOf}\n${textTable(["COLLEAGUE", "STRENGTH", "LABEL", "LAST CONTACT", "MEETINGS"], rows)}\n`;
}
