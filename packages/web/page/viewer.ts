import { type Actor, actorId } from "@regulars/core/access/actor";
import { type User, isActive } from "@regulars/core/access/user";
import type { ItemError } from "@regulars/core/platform/field-error";
import { type TenantId, type UserId, userIdSchema } from "@regulars/core/platform/values";
import type { PageTextId, PageWords } from "@regulars/render/texts/page-words";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Runtime } from "@regulars/functions/runtime";
import { type Context, Hono } from "hono";
import type { ReadQuery } from "./read-query.ts";

/** Who looks at a page: a signed-in user of one tenant, or, only on a laptop, the owner of the machine. */
export type Viewer =
  { readonly type: "owner" } | { readonly type: "user"; readonly tenantId: TenantId; readonly userId: UserId };

export const OWNER: Viewer = { type: "owner" };

/** The hidden field of every form that says whose page it was: a form is not sent as somebody else. */
export const AS_FIELD = "as";
export const asOf = (viewer: Viewer): string =>
  viewer.type === "owner" ? "owner" : `${viewer.tenantId}:${viewer.userId}`;

/** The tenant that was opened for a request, and as whom. */
interface ViewedTenant {
  readonly tenant: Tenant;
  readonly actor: Actor;
  readonly users: () => Promise<readonly User[]>;
}

/** What every request of a page knows. */
export interface PageEnv {
  Variables: {
    runtime: Runtime;
    /** Absent on pages that need nobody, like those of signing in. */
    viewer: Viewer;
    requestId: string;
    /** The words of the page: the viewer's once a tenant was opened for them. */
    words: PageWords;
    /** What the page read of its address's query. */
    query?: ReadQuery;
    /** What is wrong with the form that was refused, by the names of its fields. */
    wrong?: readonly ItemError[];
    /** Where the viewer is. */
    place?: ViewedTenant;
    /** Links of the header that only this installation has. */
    places?: readonly { readonly says: PageTextId; readonly path: string }[];
  };
}
export type PageContext = Context<PageEnv>;

/** Routes of pages. */
export const newPages = (): Hono<PageEnv> => new Hono<PageEnv>();

/** On a laptop nobody needs to sign in: its owner may do everything in every tenant. */
const MACHINE_OWNER: User = { userId: userIdSchema.parse("operator"), name: "Owner of this machine", role: "admin" };

/** The viewer as the actor of decisions; `undefined` for who is no user of the tenant, or has left. */
export function actorOf(viewer: Viewer, user: User | undefined): Actor | undefined {
  if (viewer.type === "owner") return { type: "user", user: MACHINE_OWNER };
  return user !== undefined && isActive(user) ? { type: "user", user } : undefined;
}

/** Who changed something, as logs keep it: "user:anna"; "operator" for the owner of the machine, as on its command line. */
export const byViewer = (viewer: Viewer, actor: Actor): string =>
  viewer.type === "owner" ? "operator" : actorId(actor);
