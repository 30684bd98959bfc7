import { verdicts } from "@regulars/core/insights/feedback";
import type { EvaluatedFinding } from "@regulars/core/insights/evaluate";
import { addDays } from "@regulars/core/platform/period";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Day } from "@regulars/core/platform/values";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { addresses } from "../page/addresses.ts";
import { type DayText, dayText } from "./finding-row.ts";
import type { Html } from "../page/layout.ts";
import { type UndoLine, undoView } from "./undo-line.ts";
import { time } from "./marks.ts";
import { rich } from "../page/rich.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";

/** What became of a form of this page that was sent just now. */
export interface Sent {
  readonly refused?: RefusedForm;
}

interface Reviewed extends Sent {
  readonly words: PageWords;
  readonly tenant: Tenant;
  readonly finding: EvaluatedFinding;
  /** Today in the tenant's time zone. */
  readonly today: Day;
  readonly undo: UndoLine | undefined;
  readonly contactedOn: DayText | undefined;
}

/** As in Slack's messages. */
const SNOOZE_DAYS = [7, 30, 180];

/** Forms to snooze, dismiss or reopen a finding, and to give feedback on it. */
export function reviewView(reviewed: Reviewed): Html {
  const { tenant, words, finding, refused, undo, contactedOn } = reviewed;
  const { say } = words;
  const action = addresses().finding({ tenantId: tenant.tenantId, findingId: finding.id });
  return html`<section class="card" aria-labelledby="review">
    <h2 id="review" tabindex="-1">${say("review.title")}</h2>
    ${refusedView(refused)} ${undoView(undo, words)} ${contactedView(contactedOn, words, action)}
    ${finding.state === "dismissed" ? reopenForm(reviewed, action) : snoozeForms(reviewed, action)}
    <form class="review" method="post" action="${action}">
      <input type="hidden" name="action" value="feedback" />
      <label
        >${say("review.note")}
        <input type="text" name="note" maxlength="1000" autocomplete="off" value="${refused?.fields["note"] ?? ""}"
      /></label>
      ${verdicts.map(
        (verdict) =>
          html`<button class="button" name="verdict" value="${verdict}">${say(`review.${verdict}`)}</button>`,
      )}
    </form>
  </section>`;
}

/** Whether the customer was called about it; once is enough. */
const contactedView = (on: DayText | undefined, words: PageWords, action: string): Html =>
  on === undefined
    ? html`<form class="review" method="post" action="${action}">
        <button class="button" name="action" value="contacted">${words.say("forYou.contacted")}</button>
        <span class="soft">${words.say("review.notesCall")}</span>
      </form>`
    : html`<p>✓ ${rich(words, "review.contactedOn", { date: time(on) })}</p>`;

const snoozeForms = ({ words: { say }, today, refused }: Reviewed, action: string): Html =>
  html`<form class="review" method="post" action="${action}">
      <input type="hidden" name="action" value="snooze" />
      ${SNOOZE_DAYS.map((days) => {
        const text = say("forYou.snooze", { days });
        return html`<button class="button" name="until" value="${addDays(today, days)}">${text}</button>`;
      })}
    </form>
    <form class="review" method="post" action="${action}">
      <input type="hidden" name="action" value="snooze" />
      <label
        >${say("review.until")}
        <input type="date" name="until" min="${addDays(today, 1)}" value="${refused?.fields["until"] ?? ""}" required
      /></label>
      <button class="button">${say("review.snooze")}</button>
    </form>
    <form class="review" method="post" action="${action}">
      <button class="button" name="action" value="dismiss">${say("review.dismiss")}</button>
    </form>`;

const reopenForm = ({ words, finding }: Reviewed, action: string): Html =>
  html`<form class="review" method="post" action="${action}">
    <span>${untilText(words, finding)}</span>
    <button class="button" name="action" value="reopen">${words.say("review.reopen")}</button>
  </form>`;

const untilText = (words: PageWords, { dismissedUntil }: EvaluatedFinding): Html =>
  dismissedUntil === undefined
    ? html`${words.say("review.dismissed")}`
    : rich(words, "review.until.day", { date: time(dayText(words.formats, dismissedUntil)) });
