import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import type { Picture } from "@regulars/core/monitors/picture";
import { REGENERATION_PARTS, type RegenerationProgress } from "@regulars/core/monitors/regeneration";
import type { StatusMonitor } from "@regulars/core/monitors/status-monitor";
import { monitorSettingsOf } from "@regulars/core/monitors/tenant-settings";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { ListedStatus, StatusHolder, StatusList } from "@regulars/flows/monitors/list-statuses";
import { criteriaSentence } from "@regulars/render/monitors/criteria-sentence";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { selectionsPath, statusEditorPath, statusFollowUpPath, statusPicturePath } from "../page/addresses.ts";
import { dayText } from "../insights/finding-row.ts";
import { customerLink } from "../page/customer-links.ts";
import { type Html, layout } from "../page/layout.ts";
import { outcome } from "../page/outcome.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";
import { rich } from "../page/rich.ts";
import { time } from "../insights/marks.ts";
import { statusCommandLine } from "../page/tour.ts";

interface StatusesPage extends StatusList {
  readonly folder: string;
  readonly tenant: Tenant;
  readonly catalog: Pick<InsightCatalog, "kinds">;
  /** Whether the viewer may make follow-ups of an owner. */
  readonly canReview: (owner: Owner) => boolean;
  readonly nameOf: (owner: Owner) => string;
  /** The follow-up that was just made. */
  readonly made: string | undefined;
  /** The name of the status that was just saved. */
  readonly saved: string | undefined;
  /** Whether the viewer may make and change statuses. */
  readonly mayManage: boolean;
}

/** The status monitors of a tenant, the lowest rank first, each with who has its status. */
export function statusesView(page: StatusesPage, words: PageWords, refused?: RefusedForm): Html {
  const { say } = words;
  const { tenant, listed, setAside, made } = page;
  return layout({
    title: say("statuses.titleAt", { firm: tenant.name }),
    main: html`<div class="part-head">
        <h1>${say("place.statuses")}</h1>
        ${page.mayManage ? html`<a class="button main" href="${statusEditorPath(tenant.tenantId)}">${say("statuses.make")}</a>` : ""}
      </div>
      <p class="lead"><bdi>${tenant.name}</bdi> · ${say("statuses.lead")}</p>
      <p>
        ${rich(words, "statuses.selectionsNote", {
          link: html`<a href="${selectionsPath(tenant.tenantId)}">${say("statuses.selections")}</a>`,
        })}
      </p>
      ${refusedView(refused)}
      ${page.saved === undefined ? "" : html`<p role="status" ${outcome}>${rich(words, "statuses.saved", { name: html`<bdi>${page.saved}</bdi>` })}</p>`}
      ${made === undefined ? "" : html`<p role="status" ${outcome}>${rich(words, "statuses.made", { text: html`<bdi>${made}</bdi>` })}</p>`}
      ${setAside.map(
        ({ customerId, reason }) =>
          html`<p class="refused" role="alert">
            ${rich(words, "common.unreadable", { name: html`<bdi>${customerId}</bdi>`, text: html`<bdi>${reason}</bdi>` })}
          </p>`,
      )}
      ${listed.length === 0 ? noneView(page, words) : listed.map((one, i) => listedView(page, one, `status-${i}`, { words, refused }))}`,
  });
}

const noneView = ({ folder, tenant }: StatusesPage, { say }: PageWords): Html =>
  html`<p>${say("statuses.none")}</p>
    <pre class="command"><code>${statusCommandLine(folder, tenant.tenantId)}</code></pre>`;

/** The words of the page, and its form that was refused. */
interface Drawn {
  readonly words: PageWords;
  readonly refused: RefusedForm | undefined;
}

function listedView(page: StatusesPage, listed: ListedStatus, id: string, drawn: Drawn): Html {
  const { words } = drawn;
  const { say } = words;
  const { tenant } = page;
  const { monitor, progress, customers, owners, holders } = listed;
  return html`<section class="card" aria-labelledby="${id}">
    <div class="part-head">
      <h2 id="${id}"><bdi>${monitor.name}</bdi></h2>
      <p class="marks">
        <span class="mark ${monitor.level}">${words.messages.say(`level.${monitor.level}`)}</span>
        ${progress.isPending ? html`<span class="mark state">◌ ${say("statuses.pending")}</span>` : ""}
        <span class="soft"
          >${say("statuses.rank", { numb: monitor.rank })}${monitor.isActive ? "" : ` · ${say("statuses.paused")}`}</span
        >
        ${page.mayManage ? html`<a href="${statusEditorPath(tenant.tenantId, monitor.statusId)}" aria-label="${say("statuses.changeOf", { name: monitor.name })}">${say("statuses.change")}</a>` : ""}
      </p>
    </div>
    ${progressView(progress, words)} ${monitor.picture === undefined ? "" : pictureView(tenant, monitor.picture)}
    ${monitor.unreadable === undefined ? html`<p><bdi>${sentenceOf(page, words, monitor)}</bdi></p>` : unreadableView(monitor, words)}
    <p>
      ${
        monitor.ownerType === "company"
          ? say("statuses.has.company", { numb: customers })
          : say(`statuses.has.${monitor.ownerType}`, { numb: customers, ownr: owners })
      }
    </p>
    <div class="holders">${holders.map((holder) => holderView(page, monitor, holder, drawn))}</div>
    ${owners > holders.length ? html`<p class="soft">${say("statuses.newest", { numb: holders.length })}</p>` : ""}
  </section>`;
}

/** Why what is stored of a status cannot be read. */
export const unreadableView = ({ statusId, unreadable }: StatusMonitor, words: PageWords): Html =>
  html`<p class="refused" role="alert">
    ${rich(words, "common.unreadable", { name: html`<bdi>${statusId}</bdi>`, text: html`<bdi>${unreadable}</bdi>` })}
  </p>`;

/** How far a new evaluation is, and why it failed; nothing once all went well. */
const progressView = ({ isPending, partsDone, customers, failure }: RegenerationProgress, words: PageWords): Html =>
  html`${
    isPending
      ? html`<p>
          <progress
            max="${REGENERATION_PARTS}"
            value="${partsDone}"
            aria-label="${words.say("statuses.partsLabel")}"
          ></progress>
          ${words.say("statuses.parts", { done: partsDone, numb: REGENERATION_PARTS, cust: customers })}
        </p>`
      : ""
  }${failure === undefined ? "" : html`<p class="refused" role="alert">${rich(words, "statuses.notAll", { text: html`<bdi>${failure}</bdi>` })}</p>`}`;

/** Its criteria as people read them, with the names of statuses and insights. */
function sentenceOf(
  { tenant, catalog, listed }: StatusesPage,
  words: PageWords,
  { criteria, ownerType }: StatusMonitor,
): string {
  if (criteria === undefined) return words.say("statuses.draft");
  const names = new Map<string, string>([
    ...catalog.kinds.map(({ id, title }): [string, string] => [id, words.kindTitle(id) ?? title]),
    ...listed.map(({ monitor }): [string, string] => [monitor.statusId, monitor.name]),
  ]);
  const settings = monitorSettingsOf(tenant);
  const fields = { ownerType, settings, kinds: catalog.kinds.map(({ id }) => id) };
  return criteriaSentence(criteria, { fields, locale: words.formats.locale, nameOf: (id) => names.get(id) });
}

/** Whose status it is; its text is shown by hovering, and by opening it with the mouse or the keyboard. */
const holderView = (
  { tenant, canReview, nameOf }: StatusesPage,
  monitor: StatusMonitor,
  { owner, customerId, name: customer, since, text, picture }: StatusHolder,
  { words, refused }: Drawn,
): Html =>
  html`<details>
    <summary title="${text}">
      <span>${holderName(words, { customer, owner, name: nameOf(owner) })}</span>
      <span class="soft">${rich(words, "statuses.since", { date: time(dayText(words.formats, since)) })}</span>
    </summary>
    <p><bdi>${text === "" ? words.say("statuses.noText") : text}</bdi></p>
    <p>${customerLink(tenant, customerId, customer)}</p>
    ${canReview(owner) ? followUpForm(tenant, words, monitor, { owner, name: nameOf(owner) }, writtenFor(refused, monitor, owner)) : ""}
    ${
      picture === undefined
        ? ""
        : html`<p class="soft">${words.say("statuses.onCard")}</p>
            ${pictureView(tenant, picture)}`
    }
  </details>`;

/** A customer's name, with the person or project of theirs that has the status. */
const holderName = (
  words: PageWords,
  { customer, owner, name }: { readonly customer: string; readonly owner: Owner; readonly name: string },
): Html =>
  owner.type === "company"
    ? html`<bdi>${customer}</bdi>`
    : rich(words, "statuses.ofOwner", {
        name: html`<bdi>${customer}</bdi>`,
        type: words.say(`owner.${owner.type}`),
        ownr: html`<bdi>${name}</bdi>`,
      });

/** What was written into the form of this owner, when it was refused. */
function writtenFor(refused: RefusedForm | undefined, { statusId }: StatusMonitor, owner: Owner): string {
  const { text = "", ...about } = filledIn(refused);
  const isTheirs =
    about["statusId"] === statusId && about["ownerType"] === owner.type && about["ownerId"] === ownerIdOf(owner);
  return isTheirs ? text : "";
}

/** Makes the follow-up of the status by hand; its text is asked for where the status has none. */
const followUpForm = (
  { tenantId }: Tenant,
  { say }: PageWords,
  { statusId, followUp, name }: StatusMonitor,
  { owner, name: ownr }: Pick<StatusHolder, "owner" | "name">,
  written: string,
): Html => {
  const label = say("statuses.followUpOf", { name, ownr });
  return html`<form
    class="review"
    method="post"
    action="${statusFollowUpPath(tenantId, statusId, owner.type, ownerIdOf(owner))}"
  >
    ${
      followUp === undefined
        ? html`<label>${say("statuses.toDo")} <input name="text" maxlength="500" value="${written}" required /></label>`
        : html`<p class="soft">${say(`activity.${followUp.type}`)}: <bdi>${followUp.textTemplate}</bdi></p>`
    }
    <button class="button" aria-label="${label}">${say("statuses.followUp")}</button>
  </form>`;
};

const pictureView = ({ tenantId }: Tenant, { pictureId, width, height, altText }: Picture): Html =>
  html`<img
    class="status-picture"
    src="${statusPicturePath(tenantId, pictureId)}"
    alt="${altText}"
    width="${width}"
    height="${height}"
    loading="lazy"
  />`;
