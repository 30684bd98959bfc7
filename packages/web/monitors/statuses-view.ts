import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import type { Picture } from "@regulars/core/monitors/picture";
import { REGENERATION_PARTS, type RegenerationProgress } from "@regulars/core/monitors/regeneration";
import type { StatusMonitor } from "@regulars/core/monitors/status-monitor";
import { monitorSettingsOf } from "@regulars/core/monitors/tenant-settings";
import { counted } from "@regulars/core/platform/counted";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { ListedStatus, StatusHolder, StatusList } from "@regulars/flows/monitors/list-statuses";
import { levelMark } from "@regulars/render/level-mark";
import { criteriaSentence } from "@regulars/render/monitors/criteria-sentence";
import { html } from "hono/html";
import { selectionsPath, statusEditorPath, statusFollowUpPath, statusPicturePath } from "../page/addresses.ts";
import { dayText } from "../insights/finding-row.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";
import { time } from "../insights/marks.ts";
import { statusCommandLine } from "../page/tour.ts";

interface StatusesPage extends StatusList {
  readonly folder: string;
  readonly tenant: Tenant;
  readonly catalog: Pick<InsightCatalog, "kinds">;
  /** Whether the viewer may make follow-ups of an owner. */
  readonly canReview: (owner: Owner) => boolean;
  /** The follow-up that was just made. */
  readonly made: string | undefined;
  /** The name of the status that was just saved. */
  readonly saved: string | undefined;
  /** Whether the viewer may make and change statuses. */
  readonly mayManage: boolean;
}

/** The status monitors of a tenant, the lowest rank first, each with who has its status. */
export function statusesView(page: StatusesPage, refused?: RefusedForm): Html {
  const { tenant, listed, setAside, made } = page;
  return layout({
    title: `Statuses at ${tenant.name}`,
    main: html`<h1>Statuses</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · who meets the criteria that a manager wrote down. Hover over a name, or open it, for
        what the status says.
      </p>
      <p><a href="${selectionsPath(tenant.tenantId)}">Selections</a>: lists of them to call, follow up or write to</p>
      ${page.mayManage ? html`<p><a class="button" href="${statusEditorPath(tenant.tenantId)}">Make a status</a></p>` : ""}
      ${refusedView(refused)}
      ${page.saved === undefined ? "" : html`<p role="status">Saved: <bdi>${page.saved}</bdi></p>`}
      ${made === undefined ? "" : html`<p role="status">The follow-up is made: <bdi>${made}</bdi></p>`}
      ${setAside.map(
        ({ customerId, reason }) =>
          html`<p class="refused" role="alert"><bdi>${customerId}</bdi> cannot be read: <bdi>${reason}</bdi></p>`,
      )}
      ${listed.length === 0 ? noneView(page) : listed.map((one, i) => listedView(page, one, `status-${i}`, refused))}`,
  });
}

const noneView = ({ folder, tenant }: StatusesPage): Html =>
  html`<p>There are no status monitors yet. To begin with customers that buy nothing any more:</p>
    <pre class="command"><code>${statusCommandLine(folder, tenant.tenantId)}</code></pre>`;

function listedView(page: StatusesPage, listed: ListedStatus, id: string, refused: RefusedForm | undefined): Html {
  const { tenant } = page;
  const { monitor, progress, customers, owners, holders } = listed;
  return html`<section class="card" aria-labelledby="${id}">
    <div class="part-head">
      <h2 id="${id}"><bdi>${monitor.name}</bdi></h2>
      <p class="marks">
        <span class="mark ${monitor.level}">${levelMark(monitor.level)}</span>
        ${progress.isPending ? html`<span class="mark state">◌ Being evaluated anew</span>` : ""}
        <span class="soft">rank ${monitor.rank}${stateText(monitor)}</span>
      </p>
    </div>
    ${progressView(progress)} ${monitor.picture === undefined ? "" : pictureView(tenant, monitor.picture)}
    <p><bdi>${sentenceOf(page, monitor)}</bdi></p>
    ${page.mayManage ? html`<p><a href="${statusEditorPath(tenant.tenantId, monitor.statusId)}" aria-label="Change ${monitor.name}">Change</a></p>` : ""}
    <p>
      ${counted(customers, "customer")} ${customers === 1 ? "has" : "have"}
      it${monitor.ownerType === "company" ? "" : `, by ${counted(owners, monitor.ownerType)}`}.
    </p>
    ${holders.map((holder) => holderView(page, monitor, holder, refused))}
    ${owners > holders.length ? html`<p class="soft">The newest ${holders.length} are shown.</p>` : ""}
  </section>`;
}

/** How far a new evaluation is, and why it failed; nothing once all went well. */
const progressView = ({ isPending, partsDone, customers, failure }: RegenerationProgress): Html =>
  html`${
    isPending
      ? html`<p>
          <progress max="${REGENERATION_PARTS}" value="${partsDone}" aria-label="Parts evaluated"></progress>
          ${partsDone} of ${REGENERATION_PARTS} parts, ${counted(customers, "customer")} so far. Old values are shown.
        </p>`
      : ""
  }${failure === undefined ? "" : html`<p class="refused" role="alert">Not evaluated for everybody: <bdi>${failure}</bdi></p>`}`;

const stateText = ({ isActive }: StatusMonitor): string => (isActive ? "" : " · paused: nobody has it");

/** Its criteria as people read them, with the names of statuses and insights. */
function sentenceOf({ tenant, catalog, listed }: StatusesPage, { criteria, ownerType }: StatusMonitor): string {
  if (criteria === undefined) return "A draft without criteria: nobody has it.";
  const names = new Map<string, string>([
    ...catalog.kinds.map(({ id, title }): [string, string] => [id, title]),
    ...listed.map(({ monitor }): [string, string] => [monitor.statusId, monitor.name]),
  ]);
  const settings = monitorSettingsOf(tenant);
  const fields = { ownerType, settings, kinds: catalog.kinds.map(({ id }) => id) };
  return criteriaSentence(criteria, { fields, locale: tenant.locale, nameOf: (id) => names.get(id) });
}

/** Whose status it is; its text is shown by hovering, and by opening it with the mouse or the keyboard. */
const holderView = (
  { tenant, canReview }: StatusesPage,
  monitor: StatusMonitor,
  { owner, name, since, text, picture }: StatusHolder,
  refused: RefusedForm | undefined,
): Html =>
  html`<details class="holder">
    <summary title="${text}">
      <bdi>${name}</bdi>${owner.type === "company" ? "" : html`: ${owner.type} <bdi>${ownerIdOf(owner)}</bdi>`}, since
      ${time(dayText(tenant, since))}
    </summary>
    <p><bdi>${text === "" ? "The status has no text." : text}</bdi></p>
    ${canReview(owner) ? followUpForm(tenant, monitor, owner, writtenFor(refused, monitor, owner)) : ""}
    ${
      picture === undefined
        ? ""
        : html`<p class="soft">On the card:</p>
            ${pictureView(tenant, picture)}`
    }
  </details>`;

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
  { statusId, followUp, name }: StatusMonitor,
  owner: Owner,
  written: string,
): Html =>
  html`<form
    class="review"
    method="post"
    action="${statusFollowUpPath(tenantId, statusId, owner.type, ownerIdOf(owner))}"
  >
    ${
      followUp === undefined
        ? html`<label>What is to be done <input name="text" maxlength="500" value="${written}" required /></label>`
        : html`<p class="soft">${followUp.type}: <bdi>${followUp.textTemplate}</bdi></p>`
    }
    <button class="button" aria-label="Make a follow-up of ${name} for ${ownerIdOf(owner)}">Make a follow-up</button>
  </form>`;

const pictureView = ({ tenantId }: Tenant, { pictureId, width, height, altText }: Picture): Html =>
  html`<img
    class="status-picture"
    src="${statusPicturePath(tenantId, pictureId)}"
    alt="${altText}"
    width="${width}"
    height="${height}"
    loading="lazy"
  />`;
