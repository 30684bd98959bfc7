import type { access as english } from "../en/access.ts";

/** Texts of the console in Ukrainian: users, API keys and webhooks. */
export const access = {
  "users.new": "Новий користувач",
  "users.userId": "Ідентифікатор",
  "users.name": "Ім’я",
  "users.email": "Ел. пошта",
  "users.phone": "Телефон",
  "users.teamId": "Команда",
  "users.territoryId": "Територія",
  "users.timeZone": "Часовий пояс",
  "users.slackUserId": "Учасник Slack",
  "users.role": "Роль",
  "users.rep": "Менеджер з продажу",
  "users.manager": "Керівник",
  "users.admin": "Адміністратор",
  "users.standing": "Стан",
  "users.here": "у компанії",
  "users.left": "більше не працює",
  "users.dealRights": "Права щодо угод понад права ролі",
  "users.gained": "Отримує права",
  "users.lost": "Втрачає права",
  "users.customers":
    "{numb, plural, =0 {Не веде жодного клієнта.} one {Веде # клієнта.} few {Веде # клієнтів.} many {Веде # клієнтів.} other {Веде # клієнта.}}",
  "keys.lead":
    "Системи входять за цими ключами. Секрет показується один раз, коли ключ створюють, і ніде не зберігається.",
  "keys.new": "Новий ключ",
  "keys.name": "Назва",
  "keys.actions": "Що дозволено",
  "keys.made": "Створено",
  "keys.used": "Останнє використання",
  "keys.make": "Створити ключ",
  "keys.revoke": "Відкликати",
  "keys.revoked": "Відкликано",
  "keys.once": "скопіюйте секрет зараз, більше його не буде показано.",
  "keys.done": "Готово. Раніше створений ключ зберігає свій секрет: його було показано тоді.",
  "keys.live":
    "{numb, plural, =0 {Жоден ключ із цією назвою не діє.} one {Діє # ключ із цією назвою; їх може бути 2.} few {Діють # ключі з цією назвою; їх може бути 2.} many {Діють # ключів із цією назвою; їх може бути 2.} other {Діють # ключа з цією назвою; їх може бути 2.}}",
  "keys.neverUsed": "Його ніколи не використовували.",
  "keys.lastUsed": "Востаннє використано <date>.",
  "keys.revokes": "Усе, що ним користується, одразу отримає відмову.",
} satisfies Readonly<Record<keyof typeof english, string>>;
