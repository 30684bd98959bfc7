import type { FollowUp } from "@regulars/core/monitors/follow-up";
import { compareText } from "@regulars/core/platform/compare";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Day, UserId } from "@regulars/core/platform/values";
import { listFollowUps } from "@regulars/flows/monitors/list-follow-ups";
import { html } from "hono/html";
import { type DayText, dayText } from "./finding-row.ts";
import type { Html } from "../page/layout.ts";
import { time } from "./marks.ts";
import type { OpenTenant } from "../page/open-tenant.ts";

/** An open follow-up as a line of a rep's page. */
export interface FollowUpLine {
  readonly type: FollowUp["type"];
  readonly text: string;
  readonly customerName: string;
  readonly due: DayText;
  readonly isLate: boolean;
}

/** A rep's open follow-ups, the earliest due day first. */
export async function followUpLines(
  { tenant, store, whole }: OpenTenant,
  userId: UserId | undefined,
  today: Day,
): Promise<readonly FollowUpLine[]> {
  if (userId === undefined) return [];
  const scope = { canSee: () => true };
  const open = await listFollowUps({ followUps: whole.followUps, profiles: store, userId, scope });
  const profiles = await store.profiles([...new Set(open.map(({ owner }) => owner.customerId))]);
  return open.map((one) => lineOf(tenant, one, profiles.get(one.owner.customerId)?.name, today));
}

const lineOf = (tenant: Tenant, { type, text, owner, dueOn }: FollowUp, name: string | undefined, today: Day) => ({
  type,
  text,
  customerName: name ?? owner.customerId,
  due: dayText(tenant, dueOn),
  isLate: compareText(dueOn, today) < 0,
});

/** The tasks of a rep; nothing when there are none. */
export const followUpsView = (lines: readonly FollowUpLine[]): Html =>
  lines.length === 0
    ? html``
    : html`<div class="part">
        <div class="part-head"><h3 id="follow-ups">To do</h3></div>
        <ul>
          ${lines.map(
            (line) =>
              html`<li>
                <bdi>${line.customerName}</bdi>: ${line.type}, <bdi>${line.text}</bdi>
                <span class="soft">${line.isLate ? "was due on" : "due on"} ${time(line.due)}</span>
              </li>`,
          )}
        </ul>
      </div>`;
