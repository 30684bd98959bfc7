import type { slack as english } from "../en/slack.ts";

/** Texts of the pages of Slack and of addresses that get no mail in Danish. */
export const slack = {
  "slackPage.choose": "Vælg workspacet hos Slack",
  "slackPage.chooseNote": "<link>: linket gælder én gang, i 15 minutter.",
  "slackPage.notConnected": "<firm> er ikke forbundet: varsler sendes som e-mail.",
  "slackPage.connected": "<firm> er forbundet med <name> (<code>) siden <date>.",
  "slackPage.connectedBy": "<firm> er forbundet med <name> (<code>) siden <date>, af <user>.",
  "slackPage.connect": "Forbind et workspace",
  "slackPage.again": "Forbind igen eller et andet workspace",
  "slackPage.disconnect": "Afbryd",
  "slackPage.noApp": "Dette system har ingen Slack-app: det tilføjer driften.",
  "slackPage.where": "Hvor varsler sendes hen",
  "slackPage.order":
    "Sælgerens kanal, ellers teamets, ellers alles; derefter sælgerens direkte beskeder, derefter e-mail. Kun kanaler i dette workspace, som Regulars er inviteret til, kan vælges.",
  "slackPage.alertsOf": "Varsler for",
  "slackPage.goTo": "sendes til kanalen",
  "slackPage.channelId": "Dens id, nederst i “About” i Slack; et tomt felt fjerner den.",

  "suppressed.title": "Adresser, der ikke får mail",
  "suppressed.log": "Log over beskeder",
  "suppressed.lead":
    "fordi mails kom tilbage eller blev kaldt spam. Når spærringen er ophævet, tæller det, der blev meldt før, ikke længere.",
  "suppressed.none": "Der sendes mail til alle adresser.",
  "suppressed.addresses": "Adresser",
  "suppressed.address": "Adresse",
  "suppressed.whose": "Hvis",
  "suppressed.since": "Siden",
  "suppressed.why": "Hvorfor",
  "suppressed.lift": "Ophæv",
  "suppressed.again": "Send igen",
  "suppressed.againTo": "Send til <addr> igen",
  "suppressed.further": "Flere adresser",

  "slackPage.everybody": "Alle",
  "slackPage.team": "Team <name>",
} satisfies Readonly<Record<keyof typeof english, string>>;
