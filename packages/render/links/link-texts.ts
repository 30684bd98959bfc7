import { LINK_DAYS } from "@regulars/core/notifications/link-token";
import type { Language } from "@regulars/core/platform/languages";

/** The words of the pages that links of messages lead to. `<what>` is what the link ends, `<firm>` the company. */
export interface LinkTexts {
  readonly digest: string;
  readonly kind: string;
  readonly introduction: string;
  readonly group: string;
  readonly all: string;
  readonly title: string;
  readonly ends: string;
  readonly restStays: string;
  readonly stop: string;
  readonly stopAll: string;
  readonly stopped: string;
  readonly comeBack: string;
  readonly again: string;
  readonly resumed: string;
  readonly compulsory: string;
  readonly settings: string;
  readonly notALink: string;
  readonly expired: string;
  readonly failed: string;
}

const en: LinkTexts = {
  digest: "your daily digest of <firm>",
  kind: "messages about “<kind>” of <firm>",
  introduction: "requests for introductions of <firm>",
  group: "group mailings of <firm>",
  all: "all messages of <firm>",
  title: "Unsubscribe",
  ends: "This button ends <what>, from now on.",
  restStays: "Everything else stays as it is.",
  stop: "Unsubscribe",
  stopAll: "Unsubscribe from all messages of <firm>",
  stopped: "Done: you no longer get <what>.",
  comeBack: "Changed your mind? You can come back here with the same link, and get them again.",
  again: "Get them again",
  resumed: "Done: you get <what> again.",
  compulsory: "Some of it stays on, because the company makes it compulsory: <reason>",
  settings: "All your settings for messages",
  notALink: "This link is not complete. Open it again from the message, and copy all of it.",
  expired: `This link is older than ${LINK_DAYS} days. Please use the link of a newer message.`,
  failed: "This is not possible now. Nothing was changed. Please try again in a few minutes.",
};

const da: LinkTexts = {
  digest: "din daglige oversigt fra <firm>",
  kind: "beskeder om “<kind>” fra <firm>",
  introduction: "anmodninger om introduktioner fra <firm>",
  group: "fællesmails fra <firm>",
  all: "alle beskeder fra <firm>",
  title: "Afmeld",
  ends: "Denne knap afmelder <what> fra nu af.",
  restStays: "Alt andet bliver, som det er.",
  stop: "Afmeld",
  stopAll: "Afmeld alle beskeder fra <firm>",
  stopped: "Udført: du får ikke længere <what>.",
  comeBack: "Har du fortrudt? Du kan komme tilbage hertil med samme link og få dem igen.",
  again: "Få dem igen",
  resumed: "Udført: du får <what> igen.",
  compulsory: "Noget af det fortsætter, fordi firmaet har gjort det obligatorisk: <reason>",
  settings: "Alle dine indstillinger for beskeder",
  notALink: "Linket er ikke helt. Åbn det igen fra beskeden, og kopier det hele.",
  expired: `Linket er mere end ${LINK_DAYS} dage gammelt. Brug linket i en nyere besked.`,
  failed: "Det er ikke muligt lige nu. Intet er ændret. Prøv igen om et par minutter.",
};

const ptBR: LinkTexts = {
  digest: "o seu resumo diário de <firm>",
  kind: "as mensagens sobre “<kind>” de <firm>",
  introduction: "os pedidos de apresentação de <firm>",
  group: "os e-mails em grupo de <firm>",
  all: "todas as mensagens de <firm>",
  title: "Cancelar inscrição",
  ends: "Este botão cancela <what>, a partir de agora.",
  restStays: "Todo o resto continua como está.",
  stop: "Cancelar inscrição",
  stopAll: "Cancelar todas as mensagens de <firm>",
  stopped: "Pronto: você não recebe mais <what>.",
  comeBack: "Mudou de ideia? Você pode voltar aqui com o mesmo link e receber de novo.",
  again: "Receber de novo",
  resumed: "Pronto: você volta a receber <what>.",
  compulsory: "Uma parte continua, porque a empresa a tornou obrigatória: <reason>",
  settings: "Todas as suas configurações de mensagens",
  notALink: "Este link não está completo. Abra-o de novo a partir da mensagem e copie-o inteiro.",
  expired: `Este link tem mais de ${LINK_DAYS} dias. Use o link de uma mensagem mais recente.`,
  failed: "Não é possível agora. Nada foi alterado. Tente de novo em alguns minutos.",
};

const uk: LinkTexts = {
  digest: "щоденне зведення від <firm>",
  kind: "повідомлення «<kind>» від <firm>",
  introduction: "прохання про знайомство від <firm>",
  group: "групові розсилки від <firm>",
  all: "усі повідомлення від <firm>",
  title: "Відписатися",
  ends: "Ця кнопка відтепер скасовує: <what>.",
  restStays: "Усе інше залишається без змін.",
  stop: "Відписатися",
  stopAll: "Відписатися від усіх повідомлень від <firm>",
  stopped: "Готово, скасовано: <what>.",
  comeBack: "Передумали? Ви можете повернутися сюди за тим самим посиланням і відновити їх.",
  again: "Отримувати знову",
  resumed: "Готово, відновлено: <what>.",
  compulsory: "Дещо залишається, бо компанія зробила це обов’язковим: <reason>",
  settings: "Усі ваші налаштування повідомлень",
  notALink: "Посилання неповне. Відкрийте його ще раз із повідомлення та скопіюйте повністю.",
  expired: `Посиланню понад ${LINK_DAYS} днів. Скористайтеся посиланням із новішого повідомлення.`,
  failed: "Зараз це неможливо. Нічого не змінено. Спробуйте ще раз за кілька хвилин.",
};

export const linkTexts: Readonly<Record<Language, LinkTexts>> = { en, da, "pt-BR": ptBR, uk };
