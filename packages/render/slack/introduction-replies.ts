import type { IntroductionState } from "@regulars/core/relationships/introduction";
import { slackText } from "../slack-text.ts";
import type { Words } from "../texts/words.ts";

/** What somebody is told, only to them, when they click on a request for an introduction in vain; escaped. */
export const introductionReplies = {
  notAsked: ({ say }: Words): string => slackText(say("introduction.notAsked")),
  gone: ({ say }: Words): string => slackText(say("introduction.gone")),
  off: ({ say }: Words): string => slackText(say("introduction.off")),
  /** Of a request that was answered before or has expired. */
  nothingDone: (state: Exclude<IntroductionState, "requested">, { say }: Words): string =>
    slackText(say("introduction.nothingDone", { text: say(`introduction.${state}`) })),
} as const;
