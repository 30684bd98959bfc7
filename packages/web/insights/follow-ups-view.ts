import type { Tenant } from "@regulars/core/tenants/tenant";
import type { PageWords } from "@regulars/render/texts/page-words";
import type { Day, UserId } from "@regulars/core/platform/values";
import { type OpenTask, openTasks } from "@regulars/flows/monitors/open-tasks";
import { html } from "hono/html";
import { customerLink } from "../page/customer-links.ts";
import { rich } from "../page/rich.ts";
import { type DayText, dayText } from "./finding-row.ts";
import type { Html } from "../page/layout.ts";
import { time } from "./marks.ts";
import type { OpenTenant } from "../page/open-tenant.ts";

/** An open follow-up as a line of a rep's page. */
export interface FollowUpLine extends OpenTask {
  readonly due: DayText;
}

/** A rep's open follow-ups, the earliest due day first. */
export async function followUpLines(
  { words, store, whole, scope: seen }: OpenTenant,
  userId: UserId | undefined,
  today: Day,
): Promise<readonly FollowUpLine[]> {
  const scope = await seen();
  const open = await openTasks({ followUps: whole.followUps, profiles: store, scope, userId, today });
  return open.map((task) => ({ ...task, due: dayText(words.formats, task.dueOn) }));
}

/** The tasks of a rep; nothing when there are none. */
export const followUpsView = (tenant: Tenant, lines: readonly FollowUpLine[], words: PageWords): Html =>
  lines.length === 0
    ? html``
    : html`<div class="part">
        <div class="part-head"><h3 id="follow-ups">${words.say("forYou.toDo")}</h3></div>
        <ul>
          ${lines.map(
            (line) =>
              html`<li>
                ${customerLink(tenant, line.customerId, line.customerName)}: ${words.say(`activity.${line.type}`)},
                <bdi>${line.text}</bdi>
                <span class="soft"
                  >${rich(words, line.isLate ? "forYou.wasDue" : "forYou.due", { date: time(line.due) })}</span
                >
              </li>`,
          )}
        </ul>
      </div>`;
