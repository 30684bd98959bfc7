import type { slack as english } from "../en/slack.ts";

/** Texts of the pages of Slack and of addresses that get no mail in Ukrainian. */
export const slack = {
  "slackPage.choose": "Виберіть робочий простір у Slack",
  "slackPage.chooseNote": "<link>: посилання діє один раз, протягом 15 хвилин.",
  "slackPage.notConnected": "<firm> не під’єднано: сповіщення надходять електронною поштою.",
  "slackPage.connected": "<firm> під’єднано до <name> (<code>) з <date>.",
  "slackPage.connectedBy": "<firm> під’єднано до <name> (<code>) з <date>, користувач: <user>.",
  "slackPage.connect": "Під’єднати робочий простір",
  "slackPage.again": "Під’єднати знову або інший простір",
  "slackPage.disconnect": "Від’єднати",
  "slackPage.noApp": "Ця система не має застосунку Slack: його додає оператор.",
  "slackPage.where": "Куди надходять сповіщення",
  "slackPage.order":
    "Канал менеджера, інакше його команди, інакше спільний; далі особисті повідомлення менеджера, потім пошта. Можна вказати лише канали цього простору, до яких запрошено Regulars.",
  "slackPage.alertsOf": "Сповіщення для",
  "slackPage.goTo": "надходять у канал",
  "slackPage.channelId": "Його id, у кінці «About» у Slack; порожнє поле його вилучає.",

  "suppressed.title": "Адреси, що не отримують пошти",
  "suppressed.log": "Журнал повідомлень",
  "suppressed.lead":
    "бо листи повернулися або їх назвали спамом. Після зняття те, про що повідомляли раніше, більше не враховується.",
  "suppressed.none": "Пошта надходить на всі адреси.",
  "suppressed.addresses": "Адреси",
  "suppressed.address": "Адреса",
  "suppressed.whose": "Чия",
  "suppressed.since": "З",
  "suppressed.why": "Чому",
  "suppressed.lift": "Зняти",
  "suppressed.again": "Надсилати знову",
  "suppressed.againTo": "Надсилати знову на <addr>",
  "suppressed.further": "Інші адреси",

  "slackPage.everybody": "Усі",
  "slackPage.team": "Команда <name>",
} satisfies Readonly<Record<keyof typeof english, string>>;
