import { type FeedbackVerdict, verdicts } from "@regulars/core/insights/feedback";
import type { EvaluatedFinding } from "@regulars/core/insights/evaluate";
import { addDays } from "@regulars/core/platform/period";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Day } from "@regulars/core/platform/values";
import { html } from "hono/html";
import { addresses } from "../page/addresses.ts";
import { type DayText, dayText } from "./finding-row.ts";
import type { Html } from "../page/layout.ts";
import { type UndoLine, undoView } from "./undo-line.ts";
import { time } from "./marks.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";

/** What became of a form of this page that was sent just now. */
export interface Sent {
  readonly refused?: RefusedForm;
}

interface Reviewed extends Sent {
  readonly tenant: Tenant;
  readonly finding: EvaluatedFinding;
  /** Today in the tenant's time zone. */
  readonly today: Day;
  readonly undo: UndoLine | undefined;
  readonly contactedOn: DayText | undefined;
}

const verdictNames: Readonly<Record<FeedbackVerdict, string>> = {
  useful: "It was useful",
  known_reason: "There is a known reason",
  wrong: "It was wrong",
};

/** As in Slack's messages. */
const SNOOZE_DAYS = [7, 30, 180];

/** Forms to snooze, dismiss or reopen a finding, and to give feedback on it. */
export function reviewView(reviewed: Reviewed): Html {
  const { tenant, finding, refused, undo, contactedOn } = reviewed;
  const action = addresses().finding({ tenantId: tenant.tenantId, findingId: finding.id });
  return html`<section class="card" aria-labelledby="review">
    <h2 id="review">Your feedback</h2>
    ${refusedView(refused)} ${undoView(undo)} ${contactedView(contactedOn, action)}
    ${finding.state === "dismissed" ? reopenForm(reviewed, action) : snoozeForms(reviewed, action)}
    <form class="review" method="post" action="${action}">
      <input type="hidden" name="action" value="feedback" />
      <label
        >Note
        <input type="text" name="note" maxlength="1000" autocomplete="off" value="${refused?.fields["note"] ?? ""}"
      /></label>
      ${verdicts.map(
        (verdict) => html`<button class="button" name="verdict" value="${verdict}">${verdictNames[verdict]}</button>`,
      )}
    </form>
  </section>`;
}

/** Whether the customer was called about it; once is enough. */
const contactedView = (on: DayText | undefined, action: string): Html =>
  on === undefined
    ? html`<form class="review" method="post" action="${action}">
        <button class="button" name="action" value="contacted">Contacted</button>
        <span class="soft">notes a call of today</span>
      </form>`
    : html`<p>✓ Contacted on ${time(on)}</p>`;

const snoozeForms = ({ today, refused }: Reviewed, action: string): Html =>
  html`<form class="review" method="post" action="${action}">
      <input type="hidden" name="action" value="snooze" />
      ${SNOOZE_DAYS.map(
        (days) =>
          html`<button class="button" name="until" value="${addDays(today, days)}">Snooze ${days} days</button>`,
      )}
    </form>
    <form class="review" method="post" action="${action}">
      <input type="hidden" name="action" value="snooze" />
      <label
        >Until
        <input type="date" name="until" min="${addDays(today, 1)}" value="${refused?.fields["until"] ?? ""}" required
      /></label>
      <button class="button">Snooze</button>
    </form>
    <form class="review" method="post" action="${action}">
      <button class="button" name="action" value="dismiss">Set aside until something new happens</button>
    </form>`;

const reopenForm = ({ tenant, finding }: Reviewed, action: string): Html =>
  html`<form class="review" method="post" action="${action}">
    <span>Set aside until ${untilText(tenant, finding)}</span>
    <button class="button" name="action" value="reopen">Take it back</button>
  </form>`;

const untilText = (tenant: Tenant, { dismissedUntil }: EvaluatedFinding): Html =>
  dismissedUntil === undefined ? html`something new happens` : time(dayText(tenant, dismissedUntil));
