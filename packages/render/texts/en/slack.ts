/** Texts of the pages of Slack and of addresses that get no mail in English. */
export const slack = {
  "slackPage.choose": "Choose the workspace at Slack",
  "slackPage.chooseNote": "<link>: this way holds once, for 15 minutes.",
  "slackPage.notConnected": "<firm> is not connected: alerts go by e-mail.",
  "slackPage.connected": "<firm> is connected with <name> (<code>) since <date>.",
  "slackPage.connectedBy": "<firm> is connected with <name> (<code>) since <date>, by <user>.",
  "slackPage.connect": "Connect a workspace",
  "slackPage.again": "Connect again, or another workspace",
  "slackPage.disconnect": "Disconnect",
  "slackPage.noApp": "This system has no Slack app: its operator adds one.",
  "slackPage.where": "Where alerts go",
  "slackPage.order":
    "The channel of the rep, else of their team, else of everybody; then the rep's direct messages, then e-mail. Only channels of this workspace to which Regulars was invited can be set.",
  "slackPage.alertsOf": "Alerts of",
  "slackPage.goTo": "go to the channel",
  "slackPage.channelId": "Its id, at the end of “About” in Slack; an empty field takes it away.",

  "suppressed.title": "Addresses that get no mail",
  "suppressed.log": "Log of messages",
  "suppressed.lead":
    "because mails came back or were called spam. Once lifted, what was reported before counts no more.",
  "suppressed.none": "Mail goes to every address.",
  "suppressed.addresses": "Addresses",
  "suppressed.address": "Address",
  "suppressed.whose": "Whose",
  "suppressed.since": "Since",
  "suppressed.why": "Why",
  "suppressed.lift": "Lift",
  "suppressed.again": "Send again",
  "suppressed.againTo": "Send to <addr> again",
  "suppressed.further": "Further addresses",

  "slackPage.everybody": "Everybody",
  "slackPage.team": "Team <name>",
} as const satisfies Readonly<Record<string, string>>;
