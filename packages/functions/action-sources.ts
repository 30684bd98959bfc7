import { comparableAddress, suppressionText } from "@regulars/core/notifications/suppression";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { ActionSources } from "@regulars/flows/monitors/action-members";
import type { TenantStore } from "@regulars/store/tenant-store";

/** What the members of an action and the receivers of mailings are found from. */
export const actionSourcesOf = (
  tenant: Tenant,
  {
    nightly,
    records,
    groupOptOuts,
    suppressions,
  }: Pick<TenantStore, "nightly" | "records" | "groupOptOuts" | "suppressions">,
): ActionSources & { readonly tenant: Tenant } => ({
  tenant,
  nightly,
  records,
  groupOptOuts,
  suppressionOf: async (address) => {
    const suppressed = (await suppressions.find(comparableAddress(address)))?.suppressed;
    return suppressed === undefined ? undefined : suppressionText(suppressed);
  },
});
