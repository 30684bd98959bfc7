import { setPicture } from "@regulars/flows/monitors/save-monitor";
import { pictureIdOf } from "@regulars/functions/api/monitors/picture-headers";
import type { Runtime } from "@regulars/functions/runtime";
import { MOST_HEIGHT, MOST_PICTURE_BYTES, MOST_WIDTH } from "@regulars/core/monitors/picture";
import { type Result } from "@regulars/core/platform/result";
import { html } from "hono/html";
import { refuseField } from "../page/form-reason.ts";
import { statusEditorPath, statusPicturePath } from "../page/addresses.ts";
import type { Html } from "../page/layout.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { type StatusEditor, contextOf, settled } from "./status-editor.ts";
import type { StatusForm } from "./status-form.ts";

const BYTES_OF_KB = 1024;

/** The picture of a saved status, with a form that gives it another one or takes it away. */
export function pictureForm({ words: { say }, tenant: { tenantId }, saved, form }: StatusEditor): Html {
  if (saved === undefined || saved.deletedAt !== undefined) return html``;
  const { picture, statusId } = saved;
  return html`<section class="card" aria-labelledby="picture">
    <h2 id="picture">${say("editor.picture")}</h2>
    ${
      picture === undefined
        ? ""
        : html`<img
            class="status-picture"
            src="${statusPicturePath(tenantId, picture.pictureId)}"
            alt="${picture.altText}"
            width="${picture.width}"
            height="${picture.height}"
          />`
    }
    <form class="review" method="post" enctype="multipart/form-data" action="${statusEditorPath(tenantId, statusId)}">
      <label
        >${say("editor.picture.file", { numb: MOST_PICTURE_BYTES / BYTES_OF_KB, wide: MOST_WIDTH, high: MOST_HEIGHT })}
        <input type="file" name="picture" accept="image/png,image/jpeg,image/gif" />
      </label>
      <label
        >${say("editor.picture.alt")}
        <input name="altText" maxlength="500" value="${form["altText"] ?? picture?.altText ?? ""}" />
      </label>
      <button class="button" name="do" value="picture">${say("editor.picture.give")}</button>
      ${picture === undefined ? "" : html`<button class="button" name="do" value="no-picture">${say("editor.picture.take")}</button>`}
    </form>
  </section>`;
}

/** Gives a status the picture that was sent, or takes its picture away. */
export async function pictureByForm(
  opened: OpenTenant,
  runtime: Runtime,
  sent: { readonly statusId: string; readonly form: StatusForm; readonly file: unknown },
): Promise<Result<string>> {
  const { statusId, form, file } = sent;
  const context = contextOf(opened, runtime);
  if (form["do"] === "no-picture") return settled(opened, runtime, await setPicture(context, statusId, undefined));
  if (!(file instanceof File) || file.size === 0)
    return refuseField("picture", opened.words.say("editor.picture.missing"));
  const bytes = new Uint8Array(await file.arrayBuffer());
  const given = { bytes, altText: form["altText"] ?? "", idOf: pictureIdOf };
  const saved = await setPicture(context, statusId, given);
  return saved.ok
    ? settled(opened, runtime, saved)
    : refuseField(saved.reason.includes("alt") ? "altText" : "picture", saved.message, saved.reason);
}
