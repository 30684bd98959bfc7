import type { Tenant } from "@regulars/core/tenants/tenant";
import type { PageWords } from "@regulars/render/texts/page-words";
import type { CustomerId, Day, UserId } from "@regulars/core/platform/values";
import { type OpenTask, openTasks } from "@regulars/flows/monitors/open-tasks";
import { html } from "hono/html";
import { followUpPath } from "../page/addresses.ts";
import { customerLink } from "../page/customer-links.ts";
import { rich } from "../page/rich.ts";
import { type DayText, dayText } from "./finding-row.ts";
import type { Html } from "../page/layout.ts";
import { time } from "./marks.ts";
import type { OpenTenant } from "../page/open-tenant.ts";

/** An open follow-up as a line of a rep's page. */
export interface FollowUpLine extends OpenTask {
  readonly due: DayText;
  /** Whether the viewer may say that it is done. */
  readonly mayEnd: boolean;
}

/** A rep's open follow-ups, the earliest due day first. */
export async function followUpLines(
  { words, store, whole, scope: seen }: OpenTenant,
  userId: UserId | undefined,
  today: Day,
): Promise<readonly FollowUpLine[]> {
  const scope = await seen();
  const open = await openTasks({ followUps: whole.followUps, profiles: store, scope, userId, today });
  const profiles = await store.profiles([...new Set(open.map(({ customerId }) => customerId))]);
  const mayEnd = (customerId: CustomerId): boolean => scope.canReview(profiles.get(customerId) ?? {});
  return open.map((task) => ({
    ...task,
    due: dayText(words.formats, task.dueOn),
    mayEnd: mayEnd(task.customerId),
  }));
}

/** The tasks of a rep; nothing when there are none. `back` is where their buttons lead back to. */
export const followUpsView = (tenant: Tenant, lines: readonly FollowUpLine[], words: PageWords, back: string): Html =>
  lines.length === 0
    ? html``
    : html`<div class="part">
        <div class="part-head"><h3 id="follow-ups">${words.say("forYou.toDo")}</h3></div>
        <ul class="others">
          ${lines.map((line) => html`<li>${lineView(tenant, line, words)} ${line.mayEnd ? endForm(tenant, line, words, back) : ""}</li>`)}
        </ul>
      </div>`;

const lineView = (tenant: Tenant, line: FollowUpLine, words: PageWords): Html =>
  html`${customerLink(tenant, line.customerId, line.customerName)}: ${words.say(`activity.${line.type}`)},
    <bdi>${line.text}</bdi>
    <span class="soft">${rich(words, line.isLate ? "forYou.wasDue" : "forYou.due", { date: time(line.due) })}</span>`;

const endForm = (
  { tenantId }: Tenant,
  { followUpId, customerName }: FollowUpLine,
  { say }: PageWords,
  back: string,
): Html =>
  html`<form class="review" method="post" action="${followUpPath(tenantId, followUpId)}">
    <input type="hidden" name="back" value="${back}" />
    ${(
      [
        ["complete", "forYou.done"],
        ["drop", "forYou.notNeeded"],
      ] as const
    ).map(
      ([value, id]) =>
        html`<button class="button" name="do" value="${value}">
          ${say(id)}<span class="hidden"> <bdi>${customerName}</bdi></span>
        </button>`,
    )}
  </form>`;
