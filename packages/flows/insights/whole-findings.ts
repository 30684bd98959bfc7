import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import type { StoredFinding } from "@regulars/core/insights/stored-finding";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";

/** The stored findings of a customer with their facts. Those about statuses are read only where there are some. */
export async function wholeFindings(
  store: Pick<NightlyStore, "findingsAboutStatuses">,
  { customer: { customerId }, findings }: Pick<CustomerSnapshot, "customer" | "findings">,
): Promise<readonly StoredFinding[]> {
  const whole = findings.flatMap(({ facts, ...finding }) => (facts === undefined ? [] : [{ ...finding, facts }]));
  return whole.length === findings.length ? whole : [...whole, ...(await store.findingsAboutStatuses(customerId))];
}
