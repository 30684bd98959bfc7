import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { compareFindings } from "@regulars/core/insights/rank";
import type { EvaluatedFinding } from "@regulars/core/insights/evaluate";
import { type DigestPart, type Links, composeDigest, digestId } from "@regulars/core/notifications/compose";
import type { Customer } from "@regulars/core/customers/customer";
import type { User } from "@regulars/core/access/user";
import type { NewNotification } from "@regulars/core/notifications/notification";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { composeSales, lowestCustomers } from "@regulars/core/notifications/compose-sales";
import { scopeName, scopeOfUser } from "@regulars/core/customers/list-scope";
import { type SalesFigures, SalesAccumulator } from "@regulars/core/sales-figures/figures";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { CustomerId, Day, Instant, UserId } from "@regulars/core/platform/values";
import { lineFor } from "../notifications/message-line.ts";

const LINES = 10;

const NONE = new SalesAccumulator().figures();

/** The figures of the rep's own page: a manager's page is the team's. */
const figuresOf = (rep: User | undefined, { figures }: Publication): SalesFigures =>
  (rep === undefined ? undefined : figures.get(scopeName(scopeOfUser(rep)))) ?? NONE;

interface Noted {
  readonly finding: EvaluatedFinding;
  readonly customer: Customer;
  readonly isNew: boolean;
}

interface Part {
  count: number;
  newCount: number;
  top: Noted[];
}

interface Publication {
  readonly catalog: InsightCatalog;
  readonly tenant: Tenant;
  readonly asOf: Day;
  readonly users: ReadonlyMap<UserId, User>;
  readonly store: Pick<NightlyStore, "personsOf" | "itemNames" | "profiles">;
  /** Of the nightly run, by scope name. */
  readonly figures: ReadonlyMap<string, SalesFigures>;
  readonly links: Links;
  readonly digestsDueAt: (rep: User) => Instant;
  readonly isOnHold: boolean;
}

/**
 * Collects the contents of each rep's digest, only the first lines of each kind: memory is bounded by reps, not
 * findings.
 */
export class DigestCollector {
  readonly #reps = new Map<UserId, Map<string, Part>>();

  note(finding: EvaluatedFinding, customer: Customer, isNew: boolean): void {
    if (finding.repId === undefined) return;
    const kinds = this.#reps.get(finding.repId) ?? new Map<string, Part>();
    this.#reps.set(finding.repId, kinds);
    const part = kinds.get(finding.kind) ?? { count: 0, newCount: 0, top: [] };
    kinds.set(finding.kind, part);
    part.count += 1;
    if (isNew) part.newCount += 1;
    part.top.push({ finding, customer, isNew });
    part.top.sort((a, b) => compareFindings(a.finding, b.finding));
    part.top.length = Math.min(part.top.length, LINES);
  }

  /** One e-mail for each rep with an address and contents, reps in id order. */
  async digests(publication: Publication): Promise<NewNotification[]> {
    const notifications: NewNotification[] = [];
    const names = await this.#names(publication);
    for (const repId of [...this.#reps.keys()].toSorted()) {
      const rep = publication.users.get(repId);
      if (rep === undefined) continue;
      const message = await this.#digestOf(rep, publication, names);
      if (message === undefined) continue;
      notifications.push({
        id: digestId(repId, publication.asOf),
        dueAt: publication.digestsDueAt(rep),
        message,
        isOnHold: publication.isOnHold,
      });
    }
    return notifications;
  }

  /** Names of all reps' lowest performers, read at once. */
  async #names(publication: Publication): Promise<ReadonlyMap<CustomerId, string>> {
    const reps = [...this.#reps.keys()].map((repId) => publication.users.get(repId));
    const wanted = reps.flatMap((rep) => lowestCustomers(figuresOf(rep, publication)));
    const profiles = await publication.store.profiles([...new Set(wanted)]);
    return new Map([...profiles.values()].map(({ customerId, name }) => [customerId, name ?? customerId]));
  }

  async #digestOf(rep: User, publication: Publication, names: ReadonlyMap<CustomerId, string>) {
    if (rep.email === undefined) return undefined;
    const parts: DigestPart[] = [];
    for (const [kind, { count, newCount, top }] of this.#reps.get(rep.userId) ?? []) {
      const lines = [];
      for (const { finding, customer, isNew } of top)
        lines.push(await lineFor(publication, finding, customer, { rep, isNew }));
      parts.push({ kind, count, newCount, lines });
    }
    const { catalog, tenant, asOf, links } = publication;
    const sales = composeSales(figuresOf(rep, publication), names, asOf, tenant);
    return composeDigest(catalog, tenant, rep, asOf, parts, links, sales);
  }
}
