import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { Html } from "../page/layout.ts";
import type { Share } from "./leave-page.ts";

/** Names with how many deals they get: "Ida Holm (6), Bo Lund (5)". */
export const sharesView = (shares: readonly Share[], { formats }: PageWords): Html =>
  html`${shares.map(
    ({ name, count }, i) => html`${i === 0 ? "" : ", "}<bdi>${name ?? ""}</bdi> (${formats.number(count)})`,
  )}`;
