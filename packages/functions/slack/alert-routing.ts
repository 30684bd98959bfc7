import type { User } from "@regulars/core/access/user";
import type { AlertRouting } from "@regulars/core/notifications/alert-route";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import { placesOf } from "@regulars/core/slack/places";
import type { SlackStore } from "@regulars/core/slack/slack-store";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { readToken } from "@regulars/flows/slack/read-token";
import { tellAdmins } from "@regulars/flows/slack/tell-admins";
import type { RuntimeSlack } from "./slack-config.ts";
import { openWorkspace } from "./open-workspace.ts";

interface RoutingParts {
  readonly tenant: Tenant;
  readonly store: SlackStore;
  readonly users: () => Promise<ReadonlyMap<UserId, User>>;
  readonly slack: RuntimeSlack | undefined;
  readonly clock: () => number;
  /** Called when notices to the admins were queued. */
  readonly onNotices: () => void;
}

/**
 * Where a tenant's alerts go: to its own workspace when it has one, in the channel of the rep, of their team or of the
 * tenant, or to the rep directly; else by e-mail to the rep.
 */
export async function alertRouting(parts: RoutingParts): Promise<AlertRouting> {
  const { tenant, store, users, slack, clock } = parts;
  const { tenantId } = tenant;
  const opened = slack && (await readToken({ tenantId, store, access: slack, now: toInstant(clock()) }));
  return {
    routeOf: async ({ rep }) => {
      const user = rep && (await users()).get(rep.userId);
      return {
        places: opened === undefined ? [] : placesOf(opened.installation, user),
        ...(user?.email === undefined ? {} : { mail: { name: user.name, address: user.email } }),
      };
    },
    workspace:
      slack &&
      opened &&
      openWorkspace({
        ...slack,
        token: opened.token,
        onGone: async ({ id, name }, gone, reason) => {
          const everybody = [...(await users()).values()];
          const problem = { gone, place: name, placeId: id, reason };
          if (await tellAdmins(problem, { tenant, store, users: everybody, now: toInstant(clock()) }))
            parts.onNotices();
        },
      }),
  };
}
