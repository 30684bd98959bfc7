import type { Day } from "@regulars/core/platform/values";
import { html } from "hono/html";
import { addresses, teamPath } from "../page/addresses.ts";
import { contactsView } from "../page/contacts-view.ts";
import { evidenceView } from "./evidence-view.ts";
import type { FindingPage, FoundNow } from "./finding-page.ts";
import { dayText, stakeText } from "./finding-row.ts";
import { followUpView } from "./follow-up-view.ts";
import { type Crumb, type Html, layout } from "../page/layout.ts";
import { levelNote } from "./level-note.ts";
import { dirtyMarkers, time } from "./marks.ts";
import { unitOf } from "./operand.ts";
import { refusedView } from "../page/refused-form.ts";
import { undoView } from "./undo-line.ts";
import { type Sent, reviewView } from "./review-view.ts";

/** One finding: customer, reason in numbers, contacts, suggested message and evidence. */
export function findingView(page: FindingPage, sent: Sent = {}): Html {
  const { customer, found } = page;
  const name = customer.name ?? customer.customerId;
  return layout({
    title: `${name}: ${page.title}`,
    crumbs: [repCrumb(page)],
    main: html`<p class="kind">
        ${page.title}${page.itemName === undefined ? "" : html` · <bdi>${page.itemName}</bdi>`}
      </p>
      <h1><bdi>${name}</bdi></h1>
      ${found === undefined ? html`${refusedView(sent.refused)} ${undoView(page.undo)} ${resolvedView(page)}` : foundView(page, found, sent)}`,
  });
}

const repCrumb = ({ tenant, rep }: FindingPage): Crumb =>
  rep === undefined
    ? { name: tenant.name, path: teamPath(tenant.tenantId) }
    : { name: rep.name, path: addresses().rep(tenant.tenantId, rep.userId) };

const resolvedView = (page: FindingPage): Html => {
  const { name, path } = repCrumb(page);
  return html`<p class="resolved">
      <strong>✓ Resolved.</strong> The nightly run of ${time(page.asOf)} did not find it any more.
    </p>
    <p class="lead">
      What is to act on now is on <a href="${path}">the page of <bdi>${name}</bdi></a
      >.
    </p>
    ${contactsView(page)} ${othersView(page)}`;
};

function foundView(page: FindingPage, { finding, line }: FoundNow, sent: Sent): Html {
  const { tenant } = page;
  const notes = levelNote(finding, tenant.locale);
  return html`<p class="lead">${dirtyMarkers(finding)} <bdi>${line.why}</bdi></p>
    ${figuresView(page, finding)}
    ${isYoungerThanSince(finding, page.asOf.day) ? html`<p class="soft">“Going on since” is the first day from which this has been so without a break; what it is about today may be younger.</p>` : ""}
    <div class="columns">${contactsView(page)} ${followUpView(line.followUp, page.customer.email)}</div>
    ${reviewView({ tenant, finding, today: page.today, undo: page.undo, contactedOn: page.contactedOn, ...sent })}
    <section class="card" aria-labelledby="why">
      <h2 id="why">Why am I seeing this</h2>
      ${notes.map((note) => html`<p>${note}</p>`)}
      <details>
        <summary>Evidence: every number and document behind it</summary>
        ${evidenceView(finding.evidence, { locale: tenant.locale, currency: finding.currency })}
      </details>
    </section>
    ${othersView(page)}`;
}

/** Whether a date of the finding is after the day since when it has been going on, which a reader would wonder about. */
const isYoungerThanSince = ({ evidence, since }: FoundNow["finding"], asOf: Day): boolean =>
  Object.entries(evidence).some(
    ([name, value]) => unitOf(name) === "On" && typeof value === "string" && value > since && value <= asOf,
  );

const figuresView = ({ tenant, asOf, rep }: FindingPage, finding: FoundNow["finding"]): Html =>
  html`<dl class="figures">
    <div>
      <dt>At stake</dt>
      <dd>${stakeText(tenant, finding) ?? "nothing"}</dd>
    </div>
    <div>
      <dt>Going on since</dt>
      <dd>${time(dayText(tenant, finding.since))}</dd>
    </div>
    <div>
      <dt>As of</dt>
      <dd>${time(asOf)}</dd>
    </div>
    <div>
      <dt>Rep</dt>
      <dd><bdi>${rep?.name ?? "nobody yet"}</bdi></dd>
    </div>
  </dl>`;

const othersView = ({ others }: FindingPage): Html =>
  others.length === 0
    ? html``
    : html`<section class="card" aria-labelledby="others">
        <h2 id="others">Also at this customer</h2>
        <ul class="others">
          ${others.map(
            (row) => html`<li><a href="${row.path}">${row.title}</a> ${dirtyMarkers(row)} <bdi>${row.why}</bdi></li>`,
          )}
        </ul>
      </section>`;
