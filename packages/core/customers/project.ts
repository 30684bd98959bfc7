import type { CustomerId, ProjectId } from "../platform/values.ts";

/** What the tenant does for a customer over some time; its status is the ERP's own word. */
export interface Project {
  readonly projectId: ProjectId;
  readonly customerId: CustomerId;
  readonly name?: string | undefined;
  readonly status?: string | undefined;
}
