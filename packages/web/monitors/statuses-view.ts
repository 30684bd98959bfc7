import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { ownerIdOf } from "@regulars/core/monitors/owner";
import type { Picture } from "@regulars/core/monitors/picture";
import type { StatusMonitor } from "@regulars/core/monitors/status-monitor";
import { monitorSettingsOf } from "@regulars/core/monitors/tenant-settings";
import { counted } from "@regulars/core/platform/counted";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { ListedStatus, StatusHolder, StatusList } from "@regulars/flows/monitors/list-statuses";
import { levelMark } from "@regulars/render/level-mark";
import { criteriaSentence } from "@regulars/render/monitors/criteria-sentence";
import { html } from "hono/html";
import { statusPicturePath } from "../page/addresses.ts";
import { dayText } from "../insights/finding-row.ts";
import { type Html, layout } from "../page/layout.ts";
import { time } from "../insights/marks.ts";
import { statusCommandLine } from "../page/tour.ts";

interface StatusesPage extends StatusList {
  readonly folder: string;
  readonly tenant: Tenant;
  readonly catalog: Pick<InsightCatalog, "kinds">;
}

/** The status monitors of a tenant, the lowest rank first, each with who has its status. */
export function statusesView(page: StatusesPage): Html {
  const { tenant, listed, setAside } = page;
  return layout({
    title: `Statuses at ${tenant.name}`,
    main: html`<h1>Statuses</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · who meets the criteria that a manager wrote down. Hover over a name, or open it, for
        what the status says.
      </p>
      ${setAside.map(
        ({ customerId, reason }) =>
          html`<p class="refused" role="alert"><bdi>${customerId}</bdi> cannot be read: <bdi>${reason}</bdi></p>`,
      )}
      ${listed.length === 0 ? noneView(page) : listed.map((one, i) => listedView(page, one, `status-${i}`))}`,
  });
}

const noneView = ({ folder, tenant }: StatusesPage): Html =>
  html`<p>There are no status monitors yet. To begin with customers that buy nothing any more:</p>
    <pre class="command"><code>${statusCommandLine(folder, tenant.tenantId)}</code></pre>`;

function listedView(page: StatusesPage, listed: ListedStatus, id: string): Html {
  const { tenant } = page;
  const { monitor, isPending, customers, owners, holders } = listed;
  return html`<section class="card" aria-labelledby="${id}">
    <div class="part-head">
      <h2 id="${id}"><bdi>${monitor.name}</bdi></h2>
      <p class="marks">
        <span class="mark ${monitor.level}">${levelMark(monitor.level)}</span>
        ${isPending ? html`<span class="mark state">◌ Being evaluated anew</span>` : ""}
        <span class="soft">rank ${monitor.rank}${stateText(monitor)}</span>
      </p>
    </div>
    ${monitor.picture === undefined ? "" : pictureView(tenant, monitor.picture)}
    <p><bdi>${sentenceOf(page, monitor)}</bdi></p>
    <p>
      ${counted(customers, "customer")} ${customers === 1 ? "has" : "have"}
      it${monitor.ownerType === "company" ? "" : `, by ${counted(owners, monitor.ownerType)}`}.
    </p>
    ${holders.map((holder) => holderView(tenant, holder))}
    ${owners > holders.length ? html`<p class="soft">The newest ${holders.length} are shown.</p>` : ""}
  </section>`;
}

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
const holderView = (tenant: Tenant, { owner, name, since, text, picture }: StatusHolder): Html =>
  html`<details class="holder">
    <summary title="${text}">
      <bdi>${name}</bdi>${owner.type === "company" ? "" : html`: ${owner.type} <bdi>${ownerIdOf(owner)}</bdi>`}, since
      ${time(dayText(tenant, since))}
    </summary>
    <p><bdi>${text === "" ? "The status has no text." : text}</bdi></p>
    ${
      picture === undefined
        ? ""
        : html`<p class="soft">On the card:</p>
            ${pictureView(tenant, picture)}`
    }
  </details>`;

const pictureView = ({ tenantId }: Tenant, { pictureId, width, height, altText }: Picture): Html =>
  html`<img
    class="status-picture"
    src="${statusPicturePath(tenantId, pictureId)}"
    alt="${altText}"
    width="${width}"
    height="${height}"
    loading="lazy"
  />`;
