import type { GroupOptOuts } from "@regulars/core/notifications/group-opt-out";
import { emailIdentity } from "@regulars/core/platform/contact-point";
import type { Operations } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";

/** The hash of a text under the tenant's secret. */
interface Hashing {
  readonly hmac: () => Promise<(text: string) => string>;
}

/** Opt-outs of group mailings, one item for each address, by its HMAC. */
export function openGroupOptOuts(operations: Operations, keys: Keys, addresses: Hashing): GroupOptOuts {
  return {
    hashOf: async (address) =>
      (await addresses.hmac())(`group ${emailIdentity(address) ?? address.trim().toLowerCase()}`),
    has: async (addressHash) => (await operations.get(keys.groupOptOut(addressHash))) !== undefined,
    all: async () => {
      const found = new Set<string>();
      for await (const item of operations.partition(keys.groupOptOuts())) found.add(String(item["addressHash"]));
      return found;
    },
    add: async (addressHash, at) => {
      await operations.put({ ...keys.groupOptOut(addressHash), addressHash, at });
    },
    remove: (addressHash) => operations.batchDelete([keys.groupOptOut(addressHash)]),
  };
}
