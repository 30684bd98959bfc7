import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { Html } from "../page/layout.ts";
import { withCommas } from "../page/with-commas.ts";
import type { Share } from "./leave-page.ts";

/** Names with how many deals they get: "Ida Holm (6), Bo Lund (5)". */
export const sharesView = (shares: readonly Share[], { formats }: PageWords): Html =>
  withCommas(shares.map(({ name, count }) => html`<bdi>${name ?? ""}</bdi> (${formats.number(count)})`));
