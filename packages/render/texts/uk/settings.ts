import type { settings as english } from "../en/settings.ts";

/** Texts of the console in Ukrainian: the tenant's settings, and what a change of them would do. */
export const settings = {
  "settings.of": "Налаштування <name>",
  "settings.title": "Налаштування",
  "settings.lead":
    "видання <name>, часовий пояс <zone>. Порожнє поле означає звичайне значення. Зміни діють з наступної сторінки та наступного нічного запуску.",
  "settings.notifications": "Повідомлення",
  "settings.users": "Користувачі",
  "settings.keys": "Ключі API",
  "settings.webhooks": "Вебхуки",
  "settings.nights": "Ночі",
  "settings.quality": "Якість даних",
  "settings.who": "Хто що змінив",
  "settings.try": "Показати, що зміниться",
  "settings.save": "Зберегти",
  "settings.stale":
    "Хтось змінив ці налаштування після того, як ви відкрили сторінку. Порівняйте обидва варіанти нижче та збережіть ще раз.",
  "settings.both": "Як збережено зараз і як написали ви",
  "settings.yours": "Ваше",
  "settings.setting": "Налаштування",
  "settings.now": "Зараз",
  "settings.then": "Потім",
  "settings.usual": "звичайне",
  "settings.nothing": "Нічого не зміниться: у формі ті самі налаштування, що й збережені.",
  "settings.tried": "Ще нічого не збережено.",
  "settings.asOf": "Цифри за даними на <date>",
  "settings.noNight": "До першого нічного запуску цифр немає.",
  "settings.toActOn": "До опрацювання",
  "settings.statuses": "Хто має статус",
  "settings.examples": "Приклади",
  "settings.noGrade": "Нічия оцінка не зміниться.",
  "settings.customersMove": "{numb, plural, one {# клієнт} few {# клієнти} many {# клієнтів} other {# клієнта}}:",
  "settings.personsMove": "{numb, plural, one {# особа} few {# особи} many {# осіб} other {# особи}}:",
} satisfies Readonly<Record<keyof typeof english, string>>;
