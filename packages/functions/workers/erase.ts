import { erasedInAll } from "@regulars/core/erasure/erasure";
import { subjectOf } from "@regulars/core/erasure/erasure-request";
import { toInstant } from "@regulars/core/platform/values";
import { eraseSubject } from "@regulars/store/erasure/erase-subject";
import { itemsByQuery } from "@regulars/store/erasure/items-by-query";
import { defineQueueJob, lambdaHandler } from "./define-job.ts";
import { erasureMessageSchema } from "./messages.ts";
import { openTenant } from "./open-tenant.ts";

/**
 * Erases a customer or a person, and keeps the receipt. Cut off, it begins again and finds less to do; so it first
 * counts what there is.
 */
export const erase = defineQueueJob({
  id: "erase",
  schema: erasureMessageSchema,
  work: async ({ tenantId, erasureId }, runtime) => {
    const { tenant, store } = await openTenant(tenantId, runtime);
    const request = await store.erasures.find(erasureId);
    const subject = request === undefined ? undefined : subjectOf(request);
    if (request === undefined || subject === undefined) return;
    const asked = {
      table: runtime.tableFor(tenantId),
      tenant,
      subject,
      at: toInstant(runtime.clock()),
      actorId: request.requestedBy,
      requestId: erasureId,
      itemsOf: itemsByQuery,
    };
    if (request.counted === undefined) {
      const { kinds: found } = await eraseSubject({ ...asked, isDry: true });
      await store.erasures.noteCounted(erasureId, found);
    }
    const { counted = [] } = (await store.erasures.find(erasureId)) ?? {};
    const kinds = erasedInAll(counted, (await eraseSubject(asked)).kinds);
    await store.erasures.finish(request, kinds, toInstant(runtime.clock()));
    const items = kinds.reduce((sum, { removed, blanked }) => sum + removed + blanked, 0);
    runtime.report("erase", { tenantId, erasureId, items });
  },
});

export const handler = lambdaHandler(erase);
