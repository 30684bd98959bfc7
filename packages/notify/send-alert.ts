import type { AlertRoute, AlertWorkspace, PostedMessage } from "@regulars/core/notifications/alert-route";
import type { Delivered, DeliveryContext } from "@regulars/core/notifications/notification";
import { FinalRefusalError } from "@regulars/core/platform/final-refusal-error";

interface AlertToSend {
  readonly message: PostedMessage;
  readonly key: string;
  readonly route: AlertRoute;
  readonly workspace: AlertWorkspace | undefined;
  readonly earlier: DeliveryContext["earlier"];
  /** Sends the alert by mail, when no place takes it. */
  readonly mail: ((to: NonNullable<AlertRoute["mail"]>) => Promise<Delivered>) | undefined;
}

/**
 * Posts an alert to the first place of its route that takes it, else sends it by mail. After an attempt that may have
 * arrived it is looked for first: a message whose answer was lost is not posted again. Where that cannot be read, it is
 * posted and marked.
 */
export async function sendAlert(alert: AlertToSend): Promise<Delivered> {
  const { message, key, route, workspace, mail } = alert;
  const found = await findEarlier(alert);
  if (found !== undefined && found !== "unknown") return { providerId: found };
  const markedIf = (delivered: Delivered): Delivered =>
    found === undefined ? delivered : { ...delivered, maybeDuplicate: true };
  for (const place of workspace === undefined ? [] : route.places) {
    const posted = await workspace?.post(place, message, key);
    if (posted === undefined) continue;
    if ("providerId" in posted) return markedIf(route.why === undefined ? posted : { ...posted, note: route.why });
    await workspace?.onGone(place, posted.gone, posted.reason);
    if (posted.gone === "workspace") break;
  }
  if (route.mail === undefined || mail === undefined) throw noWay(route);
  return markedIf(await mail(route.mail));
}

/** What a mail cannot carry either is not tried for a week. */
function noWay({ why }: AlertRoute): Error {
  const text = "no place in Slack takes this message, and its reader has no e-mail address that takes mail";
  return why === undefined ? new Error(text) : new FinalRefusalError(`${text} (${why})`);
}

async function findEarlier({ route, workspace, key, earlier }: AlertToSend): Promise<string | undefined> {
  if (workspace === undefined || earlier?.mayHaveArrived !== true) return undefined;
  let isUnknown = false;
  for (const place of route.places) {
    const found = await workspace.find(place, key, earlier.since);
    if (found === "unknown") isUnknown = true;
    else if (found !== undefined) return found;
  }
  return isUnknown ? "unknown" : undefined;
}
