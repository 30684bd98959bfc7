import type { Key, InFamily } from "../engine/key.ts";

export const webhooksKeys = (inFamily: InFamily) => ({
  webhooks: (): string => inFamily("WEBHOOKS"),
  webhook: (webhookId: string): Key => ({ pk: inFamily("WEBHOOKS"), sk: webhookId }),
  webhookDeliveries: (webhookId: string): string => inFamily(`SENT#${webhookId}`),
  webhookDelivery: (webhookId: string, deliveryId: string): Key => ({
    pk: inFamily(`SENT#${webhookId}`),
    sk: deliveryId,
  }),
  /** GSI1: a subscription's deliveries by when they came about. */
  webhookLog: (webhookId: string): string => inFamily(`SENTLOG#${webhookId}`),
  /** GSI2: deliveries of webhooks by when they are due. */
  webhooksDue: (): string => inFamily("SENTDUE"),
});
