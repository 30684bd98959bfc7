import { catalogOf } from "@regulars/functions/catalog";
import type { Actor } from "@regulars/core/access/actor";
import { type Action, type ThingOf, holds, may } from "@regulars/core/access/may";
import type { Right } from "@regulars/core/access/rights";
import { type Scope, scopeOf } from "@regulars/core/customers/visible-customers";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type TenantId, type UserId, tenantIdSchema, userIdSchema } from "@regulars/core/platform/values";
import type { PageWords } from "@regulars/render/texts/page-words";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { TenantDirectory } from "@regulars/core/tenants/tenant-directory";
import { type TenantStore, openTenantStore } from "@regulars/store/tenant-store";
import { readClaimant } from "@regulars/store/tenants/claimant";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { routePath } from "hono/route";
import { languagesWanted, wordsOfViewer } from "./language.ts";
import { needsRight } from "./named-ids.ts";
import type { Needs } from "./needs.ts";
import { type PageContext, type Viewer, actorOf, byViewer } from "./viewer.ts";

/** A tenant, opened for one viewer. */
export interface OpenTenant {
  readonly tenant: Tenant;
  /** The words of the viewer's language. */
  readonly words: PageWords;
  readonly catalog: InsightCatalog;
  readonly store: TenantStore["nightly"];
  readonly orders: TenantStore["orderQueries"];
  readonly review: TenantStore["review"];
  /** The complete store, for pages that need more than findings. */
  readonly whole: TenantStore;
  /** What is known of the tenant itself, to change it. */
  readonly directory: TenantDirectory;
  readonly actor: Actor;
  /** The author of the viewer's changes, for logs; and the user that they are, none on a machine of one's own. */
  readonly by: string;
  readonly userId: UserId | undefined;
  /** The customers that the viewer may see. */
  readonly scope: () => Promise<Scope>;
  /** Whether the viewer may do something to a thing. */
  readonly decide: <A extends Action>(action: A, thing: ThingOf<A>) => boolean;
  /** Notes a decision that a flow or a rule of core takes with `actor`. */
  readonly noteDecision: (action: Action) => void;
  readonly holds: (right: Right) => boolean;
}

/** By parameter of an address: the decisions one of which its page has to ask. */
const BY_PARAMETER: Readonly<Record<string, readonly Action[]>> = {
  customer: ["customer.see"],
  finding: ["customer.see"],
  followUp: ["customer.see"],
  person: ["customer.see", "person.see"],
  user: ["user.see_list", "tenant.see_list"],
  plan: ["plan.reach", "plan.see_all"],
  deal: ["deal.see", "deal.edit"],
};

/**
 * Runs a read or a change in the tenant that an address names, for the viewer of the request. A tenant that is not the
 * viewer's is unknown to them. Of `needs` the viewer must have one right. Throws when what was asked for lies behind a
 * parameter that needs a decision and none was asked for: a fault of the program.
 */
export async function inTenant<T>(
  c: PageContext,
  text: string,
  needs: Needs,
  read: (opened: OpenTenant) => Promise<Result<T>>,
): Promise<Result<T>> {
  const decided = new Set<Action>();
  const opened = await openFor(c, text, decided);
  if (!opened.ok) return opened;
  const { tenant, actor, store, words } = opened.value;
  c.set("place", { tenant, actor, users: () => store.users() });
  c.set("words", words);
  if (!needs.some((right) => opened.value.holds(right))) return refuse("not-allowed", needsRight(needs, words));
  const done = await read(opened.value);
  const missing = [...routePath(c).matchAll(/:(\w+)/g)].find(
    ([, name = ""]) => BY_PARAMETER[name]?.some((action) => decided.has(action)) === false,
  );
  if (done.ok && missing !== undefined)
    throw new Error(`${c.req.method} ${routePath(c)} does not ask whether its viewer may`);
  return done;
}

async function openFor(c: PageContext, text: string, decided: Set<Action>): Promise<Result<OpenTenant>> {
  const { runtime, viewer } = c.var;
  const tenantId = tenantIdSchema.safeParse(text);
  const isTheirs = viewer.type === "owner" || viewer.tenantId === tenantId.data;
  const claimed: Awaited<ReturnType<typeof claimedOf>> =
    tenantId.success && isTheirs ? await claimedOf(c, viewer, tenantId.data) : {};
  if (claimed.tenant === undefined) return unknownTenant(c, text);
  const actor = actorOf(viewer, claimed.user);
  if (actor === undefined) return refuse("not-signed-in", "you are no user of this company any more");
  const { tenant } = claimed;
  const table = runtime.tableFor(tenant.tenantId);
  const whole = openTenantStore(table, tenant, { heads: claimed.heads });
  const { nightly: store, orderQueries: orders, review } = whole;
  const catalog = catalogOf(runtime, tenant);
  const noteDecision = (action: Action): void => void decided.add(action);
  return ok({
    tenant,
    words: await wordsOfViewer(c, tenant, claimed.further, catalog.textOf),
    catalog,
    store,
    orders,
    review,
    whole,
    directory: openTenantDirectory(table),
    actor,
    by: byViewer(viewer, actor),
    userId: viewer.type === "user" ? viewer.userId : undefined,
    scope: async () => {
      const scope = scopeOf(actor, await store.users());
      return {
        canSee: (customer) => (noteDecision("customer.see"), scope.canSee(customer)),
        canReview: (customer) => (noteDecision("customer.see"), scope.canReview(customer)),
        canSeeUser: (userId) => (noteDecision("user.see_list"), scope.canSeeUser(userId)),
      };
    },
    decide: (action, thing) => (noteDecision(action), may(actor, action, thing)),
    noteDecision,
    holds: (right) => holds(actor, right),
  });
}

/** The owner of a machine is no user of the tenant: for them any id reads the tenant alone. */
const claimedOf = (c: PageContext, viewer: Viewer, tenantId: TenantId) =>
  readClaimant(
    c.var.runtime.tableFor(tenantId),
    tenantId,
    { userId: viewer.type === "user" ? viewer.userId : userIdSchema.parse("operator") },
    { heads: ["GET", "HEAD"].includes(c.req.method), further: languagesWanted(c, viewer, tenantId) },
  );

/** Only the owner of the machine is told which tenants there are. */
async function unknownTenant({ var: { viewer, runtime } }: PageContext, text: string): Promise<Result<never>> {
  if (viewer.type !== "owner") return refuse("unknown-tenant", "there is no such tenant");
  const known = await openTenantDirectory(runtime.table).list();
  const choice = known.length === 0 ? "there are none yet" : `there are: ${known.slice(0, 10).join(", ")}`;
  return refuse("unknown-tenant", `There is no tenant "${text}" (${choice}). The first import creates one.`);
}
