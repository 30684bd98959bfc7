import type { User } from "@regulars/core/access/user";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { Message } from "@regulars/core/notifications/message";
import { customersIn, readdressed } from "@regulars/core/notifications/readdress";
import type { Result } from "@regulars/core/platform/result";
import type { UserId } from "@regulars/core/platform/values";
import { speakable } from "@regulars/core/relationships/opt-out";
import type { WhoKnowsStore } from "@regulars/core/who-knows/who-knows-store";

/** Queued messages, for whom they are meant with these users. */
export function addressedToday(
  users: () => Promise<ReadonlyMap<UserId, User>>,
  { profiles }: Pick<NightlyStore, "profiles">,
  { optOuts }: Pick<WhoKnowsStore, "optOuts">,
) {
  return async (message: Message): Promise<Result<Message>> => {
    const everybody = await users();
    // Who opts out is not asked any more, also not by what waits already.
    const { colleague } = speakable(message.type === "introduction" ? await optOuts() : [], [...everybody.values()]);
    return readdressed(message, everybody, await profiles(customersIn(message)), (userId) => !colleague(userId));
  };
}
