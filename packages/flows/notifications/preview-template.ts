import { cutText } from "@regulars/core/platform/cut-text";
import type { TemplateExample } from "./template-example.ts";
import { templateFault, templateRules } from "@regulars/core/notifications/templates";
import { type Result, refuse } from "@regulars/core/platform/result";
import { type ExampleInput, templateExample } from "./template-example.ts";

/** Words of a text that are not saved, checked as when they are, with a real customer's values. */
export async function previewedTemplate({
  words,
  ...input
}: ExampleInput & { readonly words: string }): Promise<Result<TemplateExample>> {
  const fault = templateFault(input.textId, words, templateRules(input.catalog));
  if (fault !== undefined) return refuse("unusable-setting", `the text ${cutText(input.textId, 60)} ${fault}`);
  return templateExample(input);
}
