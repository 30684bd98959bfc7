import { ratioText } from "../catalog/link-rules.ts";
import type { ReviewedSuggestion } from "./link-review.ts";
import { type LinkSuggestion, figuresOf } from "./suggest-links.ts";

/** A suggestion as the command line gives it: shares of 1, and the ratio as `2:3`. */
export const ruleJson = (suggestion: LinkSuggestion) => ({
  from: suggestion.itemId,
  to: suggestion.linkedItemId,
  joint: suggestion.joint,
  ...figuresOf(suggestion),
  ratio: ratioText(suggestion),
});

/** The same with for how many customers it would be red, as the API gives it. */
export const suggestedJson = (suggestion: LinkSuggestion) => ({
  ...ruleJson(suggestion),
  buyers: suggestion.buyers,
  wouldBeRed: suggestion.wouldBeRed,
});

/** A suggestion with its state, and who made it so and when. */
export const suggestionJson = (suggestion: ReviewedSuggestion) => ({
  ...suggestedJson(suggestion),
  state: suggestion.state,
  at: suggestion.at,
  by: suggestion.by ?? null,
  rejectedAt: suggestion.rejectedAt ?? null,
});
