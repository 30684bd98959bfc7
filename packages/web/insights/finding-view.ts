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
import { levelMarks, time } from "./marks.ts";
import { unitOf } from "./operand.ts";
import { customerPlaces } from "../page/customer-links.ts";
import { rich } from "../page/rich.ts";
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
      <p class="choices">${customerPlaces(page.tenant, customer, page.words)}</p>
      ${found === undefined ? html`${refusedView(sent.refused)} ${undoView(page.undo, page.words)} ${resolvedView(page)}` : foundView(page, found, sent)}`,
  });
}

const repCrumb = ({ tenant, rep }: FindingPage): Crumb =>
  rep === undefined
    ? { name: tenant.name, path: teamPath(tenant.tenantId) }
    : { name: rep.name, path: addresses().rep(tenant.tenantId, rep.userId) };

const resolvedView = (page: FindingPage): Html => {
  const { name, path } = repCrumb(page);
  return html`<p class="resolved">
      <strong>✓ ${page.words.say("finding.resolved")}</strong>
      ${rich(page.words, "finding.resolvedWhy", { date: time(page.asOf) })}
    </p>
    <p class="lead">
      ${rich(page.words, "finding.elsewhere", {
        link: html`<a href="${path}">${rich(page.words, "finding.pageOf", { name: html`<bdi>${name}</bdi>` })}</a>`,
      })}
    </p>
    ${contactsView(page, page.words)} ${othersView(page)}`;
};

function foundView(page: FindingPage, { finding, line }: FoundNow, sent: Sent): Html {
  const { tenant } = page;
  const notes = levelNote(finding, page.words);
  return html`<p class="lead">${levelMarks(finding, page.words)} <bdi>${line.why}</bdi></p>
    ${figuresView(page, finding)}
    ${isYoungerThanSince(finding, page.asOf.day) ? html`<p class="soft">${page.words.say("finding.sinceNote")}</p>` : ""}
    <div class="columns">
      ${contactsView(page, page.words)} ${followUpView(line.followUp, page.customer.email, page.words)}
    </div>
    ${reviewView({ tenant, words: page.words, finding, today: page.today, undo: page.undo, contactedOn: page.contactedOn, ...sent })}
    <section class="card" aria-labelledby="why">
      <h2 id="why">${page.words.say("finding.why")}</h2>
      ${notes.map((note) => html`<p>${note}</p>`)}
      <details>
        <summary>${page.words.say("finding.evidence")}</summary>
        ${evidenceView(finding.evidence, { words: page.words, currency: finding.currency })}
      </details>
    </section>
    ${othersView(page)}`;
}

/** Whether a date of the finding is after the day since when it has been going on, which a reader would wonder about. */
const isYoungerThanSince = ({ evidence, since }: FoundNow["finding"], asOf: Day): boolean =>
  Object.entries(evidence).some(
    ([name, value]) => unitOf(name) === "On" && typeof value === "string" && value > since && value <= asOf,
  );

const figuresView = ({ words, asOf, rep }: FindingPage, finding: FoundNow["finding"]): Html =>
  html`<dl class="figures">
    <div>
      <dt>${words.say("finding.atStake")}</dt>
      <dd>${stakeText(words.formats, finding) ?? words.say("finding.nothing")}</dd>
    </div>
    <div>
      <dt>${words.say("finding.since")}</dt>
      <dd>${time(dayText(words.formats, finding.since))}</dd>
    </div>
    <div>
      <dt>${words.say("forYou.asOf")}</dt>
      <dd>${time(asOf)}</dd>
    </div>
    <div>
      <dt>${words.say("common.rep")}</dt>
      <dd><bdi>${rep?.name ?? words.say("finding.nobody")}</bdi></dd>
    </div>
  </dl>`;

const othersView = ({ others, words }: FindingPage): Html =>
  others.length === 0
    ? html``
    : html`<section class="card" aria-labelledby="others">
        <h2 id="others">${words.say("finding.others")}</h2>
        <ul class="others">
          ${others.map(
            (row) =>
              html`<li><a href="${row.path}">${row.title}</a> ${levelMarks(row, words)} <bdi>${row.why}</bdi></li>`,
          )}
        </ul>
      </section>`;
