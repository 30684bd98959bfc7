/** The kind of business; it decides how many lines an order has. */
export type Category = "cafe" | "bar" | "bakery" | "restaurant" | "caterer" | "canteen" | "hotel";

export const territories = ["copenhagen", "zealand", "skane"] as const;
export type Territory = (typeof territories)[number];

/** One customer of the demo: `everyDays` is its usual distance between two order days, 0 for a few orders in all. */
export interface BookEntry {
  readonly customerId: string;
  readonly name: string;
  readonly category: Category;
  readonly territory: Territory;
  readonly everyDays: number;
}

type Row = readonly [customerId: string, name: string, category: Category, everyDays: number];

const copenhagen: readonly Row[] = [
  ["C1101", "Kantine Holmen", "canteen", 3.5],
  ["C1102", "Café Nordlys", "cafe", 7],
  ["C1103", "Restaurant Kajpladsen", "restaurant", 7],
  ["C1104", "Hotel Vestersø", "hotel", 7],
  ["C1105", "Bageri Morgenrøde", "bakery", 7],
  ["C1106", "Bistro Lanternen", "restaurant", 14],
  ["C1107", "Café Tulipan", "cafe", 14],
  ["C1108", "Restaurant Havkat", "restaurant", 14],
  ["C1109", "Bar Kompas", "bar", 14],
  ["C1110", "Hotel Lysthaven", "hotel", 14],
  ["C1111", "Kantine Fælleden", "canteen", 14],
  ["C1112", "Trattoria Limone", "restaurant", 14],
  ["C1113", "Café Pergola", "cafe", 14],
  ["C1114", "Restaurant Egetræ", "restaurant", 21],
  ["C1115", "Bageri Smørgaard", "bakery", 21],
  ["C1116", "Vinbar Kælderen", "bar", 21],
  ["C1117", "Selskabsmad Rosengaard", "caterer", 21],
  ["C1118", "Café Kanalen", "cafe", 30],
  ["C1119", "Bistro Blåmusling", "restaurant", 30],
  ["C1120", "Bar Tordenskyen", "bar", 30],
  ["C1121", "Pension Ahornhus", "hotel", 30],
  ["C1122", "Teateret Foyerbar", "bar", 55],
  ["C1123", "Forsamlingshuset Enghave", "caterer", 60],
  ["C1124", "Café Drivhuset", "cafe", 50],
  ["C1125", "Madvogn Sild og Salt", "caterer", 0],
  ["C1126", "Popup Persille", "restaurant", 0],
  ["C1127", "Galleri Nordvest", "bar", 0],
  ["C1128", "Roklubben Strømmen", "caterer", 0],
  ["C1129", "Sommerbaren Kajen", "bar", 0],
  ["C1130", "Kulturhuset Perronen", "cafe", 0],
  ["C1131", "Madskolen Timian", "canteen", 0],
];

const zealand: readonly Row[] = [
  ["C1201", "Kantine Fjordparken", "canteen", 3.5],
  ["C1202", "Restaurant Skipperhus", "restaurant", 7],
  ["C1203", "Hotel Muslingebugten", "hotel", 7],
  ["C1204", "Café Ravnsborg Torv", "cafe", 7],
  ["C1205", "Sommerhotel Klitrosen", "hotel", 7],
  ["C1206", "Restaurant Kornmarken", "restaurant", 14],
  ["C1207", "Kro Tre Ege", "restaurant", 14],
  ["C1208", "Café Havremark", "cafe", 14],
  ["C1209", "Bageri Kringlen", "bakery", 14],
  ["C1210", "Kantine Vandværket", "canteen", 14],
  ["C1211", "Bar Fyrtårnet", "bar", 14],
  ["C1212", "Spisehuset Møllebæk", "restaurant", 14],
  ["C1213", "Kroen ved Åmosen", "restaurant", 14],
  ["C1214", "Gæstgiveri Lindely", "hotel", 21],
  ["C1215", "Café Bindingsværk", "cafe", 21],
  ["C1216", "Bageri Langebro", "bakery", 21],
  ["C1217", "Festmad Solbakken", "caterer", 21],
  ["C1218", "Restaurant Fiskergade", "restaurant", 28],
  ["C1219", "Golfklubben Bøgelund", "restaurant", 30],
  ["C1220", "Bar Ankerspil", "bar", 30],
  ["C1221", "Café Kirsebær", "cafe", 30],
  ["C1222", "Vandrerhjem Strandlyst", "hotel", 60],
  ["C1223", "Havnekiosken Måge", "cafe", 50],
  ["C1224", "Sportscafé Midtbane", "bar", 55],
  ["C1225", "Spejderhytten Granly", "canteen", 0],
  ["C1226", "Gårdbutik Nyager", "bakery", 0],
  ["C1227", "Bryllupsladen Kløver", "caterer", 0],
  ["C1228", "Sejlklubben Vestvind", "bar", 0],
  ["C1229", "Museumscaféen Brønden", "cafe", 0],
  ["C1230", "Marked Sydhavsøen", "caterer", 0],
  ["C1231", "Højskolen Lyng", "canteen", 0],
];

const skane: readonly Row[] = [
  ["C1301", "Lunchmatsalen Dockan", "canteen", 3.5],
  ["C1302", "Restaurang Sundsvik", "restaurant", 7],
  ["C1303", "Café Körsbärslunden", "cafe", 7],
  ["C1304", "Hotell Kastellviken", "hotel", 7],
  ["C1305", "Åsens Vinterstuga", "hotel", 7],
  ["C1306", "Bistro Järnvägen", "restaurant", 14],
  ["C1307", "Bageri Kardemumma", "bakery", 14],
  ["C1308", "Krog Tegelbruket", "restaurant", 14],
  ["C1309", "Bar Månsken", "bar", 14],
  ["C1310", "Matsal Forskarbyn", "canteen", 14],
  ["C1311", "Café Rapsfältet", "cafe", 14],
  ["C1312", "Restaurang Ålakusten", "restaurant", 14],
  ["C1313", "Gästis Backafall", "hotel", 14],
  ["C1314", "Restaurang Björkhult", "restaurant", 21],
  ["C1315", "Konditori Vaniljen", "bakery", 21],
  ["C1316", "Pub Gröna Grinden", "bar", 21],
  ["C1317", "Catering Silverfat", "caterer", 21],
  ["C1318", "Herrgård Almlunda", "hotel", 30],
  ["C1319", "Café Fiskeläget", "cafe", 30],
  ["C1320", "Krog Vallmon", "restaurant", 30],
  ["C1321", "Bar Humlegången", "bar", 30],
  ["C1322", "Vingård Solsluttning", "restaurant", 60],
  ["C1323", "Bygdegården Hasseltorp", "caterer", 55],
  ["C1324", "Strandcafé Sanddyn", "cafe", 50],
  ["C1325", "Foodtruck Dill", "caterer", 0],
  ["C1326", "Festival Ängsljud", "bar", 0],
  ["C1327", "Gårdscafé Lergöken", "cafe", 0],
  ["C1328", "Seglarsällskapet Lovart", "bar", 0],
  ["C1329", "Kursgård Ekliden", "canteen", 0],
  ["C1330", "Julmarknad Torget", "caterer", 0],
  ["C1331", "Glasstugan Polstjärnan", "cafe", 0],
];

const entriesOf = (territory: Territory, rows: readonly Row[]): BookEntry[] =>
  rows.map(([customerId, name, category, everyDays]) => ({ customerId, name, category, territory, everyDays }));

/** Every customer of the demo company, in id order. All names are invented. */
export const customerBook: readonly BookEntry[] = [
  ...entriesOf("copenhagen", copenhagen),
  ...entriesOf("zealand", zealand),
  ...entriesOf("skane", skane),
];

/** Customers that usually pay a week late: big buyers, so that a third of all invoices is paid late. */
export const slowPayers: ReadonlySet<string> = new Set(
  "C1101 C1102 C1104 C1201 C1203 C1204 C1301 C1302 C1304".split(" "),
);
