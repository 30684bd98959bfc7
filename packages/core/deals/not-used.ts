import * as z from "zod";

/** A cell of a lead that could not be used: where it was, why, and its value as text. */
export const notUsedSchema = z.object({
  path: z.string(),
  code: z.string(),
  message: z.string(),
  value: z.string(),
});
export type NotUsed = z.output<typeof notUsedSchema>;

/** As an answer and a log tell it: without the value, which is on the deal. */
export const notUsedText = ({ path, message }: Pick<NotUsed, "path" | "message">): string => `${path} ${message}`;
