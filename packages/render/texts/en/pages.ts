import { notifications } from "./notifications.ts";
import { backtests } from "./backtests.ts";
import { whoKnows } from "./who-knows.ts";
import { monitors } from "./monitors.ts";
import { relationships } from "./relationships.ts";
import { links } from "./links.ts";
import { codeRed } from "./code-red.ts";
import { common } from "./common.ts";
import { home } from "./home.ts";
import { page } from "./page.ts";
import { settings } from "./settings.ts";

/** All texts of the console in this language. */
export const pages = {
  ...page,
  ...home,
  ...common,
  ...codeRed,
  ...links,
  ...relationships,
  ...monitors,
  ...whoKnows,
  ...backtests,
  ...notifications,
  ...settings,
};
