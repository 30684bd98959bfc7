/** Where Slack's calls come in. They are forms, or JSON for events. */
export const SLACK_CALLS = "/integrations/slack/";
