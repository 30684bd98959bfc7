import { access } from "./access.ts";
import { backtestReport } from "./backtest-report.ts";
import { backtestTitles } from "./backtest-titles.ts";
import { backtests } from "./backtests.ts";
import { boards } from "./boards.ts";
import { codeRed } from "./code-red.ts";
import { common } from "./common.ts";
import { deals } from "./deals.ts";
import { deliveries } from "./deliveries.ts";
import { findings } from "./findings.ts";
import { forYou } from "./for-you.ts";
import { forms } from "./forms.ts";
import { home } from "./home.ts";
import { links } from "./links.ts";
import { monitors } from "./monitors.ts";
import { nights } from "./nights.ts";
import { notifications } from "./notifications.ts";
import { operands } from "./operands.ts";
import { page } from "./page.ts";
import { plans } from "./plans.ts";
import { refusals } from "./refusals.ts";
import { relationships } from "./relationships.ts";
import { settingNames } from "./setting-names.ts";
import { settings } from "./settings.ts";
import { slack } from "./slack.ts";
import { statusEditor } from "./status-editor.ts";
import { templates } from "./templates.ts";
import { whoKnows } from "./who-knows.ts";

/** All texts of the console in this language. */
export const pages = {
  ...page,
  ...home,
  ...common,
  ...access,
  ...backtests,
  ...codeRed,
  ...links,
  ...monitors,
  ...notifications,
  ...relationships,
  ...settings,
  ...whoKnows,
  ...nights,
  ...plans,
  ...boards,
  ...deals,
  ...slack,
  ...forYou,
  ...findings,
  ...operands,
  ...refusals,
  ...deliveries,
  ...templates,
  ...settingNames,
  ...statusEditor,
  ...backtestReport,
  ...backtestTitles,
  ...forms,
};
