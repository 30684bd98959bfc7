import type { Distribution } from "./distribution.ts";
import type { Member } from "./member.ts";

/** How a plan's leads are given out, as of one of its tickets. */
export interface Rules {
  readonly distribution: Distribution;
  readonly members: readonly Member[];
}
