import type { Result } from "@regulars/core/platform/result";
import type { UserId } from "@regulars/core/platform/values";
import { type ChangeDealInput, type DealChanged, type StaleDeal, changeDeal } from "./change-deal.ts";
import { decideTransfer } from "./decide.ts";

/** Transfers a deal to another manager of its plan. Takes no turn in the round-robin. */
export const transferDeal = (
  input: ChangeDealInput & { readonly to: UserId; readonly comment?: string | undefined },
): Promise<Result<DealChanged> | StaleDeal> => changeDeal(input, decideTransfer(input.to, input.comment));
