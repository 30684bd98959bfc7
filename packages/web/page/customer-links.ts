import type { Customer } from "@regulars/core/customers/customer";
import { hasForYou } from "@regulars/core/tenants/edition";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { offFor } from "@regulars/flows/relationships/health-day";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { codeRedPath, relationshipsPath } from "./addresses.ts";
import type { Html } from "./layout.ts";

/** A customer's name, which leads to what they bought and whom to call there; in an edition without that page a name. */
export const customerLink = (
  tenant: Pick<Tenant, "tenantId" | "edition">,
  customerId: string,
  name: string = customerId,
): Html =>
  hasForYou(tenant)
    ? html`<a href="${codeRedPath(tenant.tenantId, customerId)}"><bdi>${name}</bdi></a>`
    : html`<bdi>${name}</bdi>`;

/** Links to what else there is about a customer: the pages that the tenant has, but the one that is open. */
export function customerPlaces(
  tenant: Tenant,
  { customerId, category }: Pick<Customer, "customerId" | "category">,
  { say }: PageWords,
  here?: "code-red" | "relationships",
): readonly Html[] {
  const { tenantId } = tenant;
  const hasHealth = offFor(tenant, { name: category }) === undefined;
  return [
    ...(here === "code-red" || !hasForYou(tenant)
      ? []
      : [html`<a href="${codeRedPath(tenantId, customerId)}">${say("place.codeRed")}</a>`]),
    ...(here === "relationships" || !hasHealth
      ? []
      : [html`<a href="${relationshipsPath(tenantId, customerId)}">${say("place.relationships")}</a>`]),
  ];
}
