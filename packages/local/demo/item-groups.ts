/** A group of items: every product in every size. The price is the product's price times the size's factor. */
interface ItemGroup {
  readonly prefix: string;
  readonly baseUnit: string;
  readonly products: readonly (readonly [name: string, priceMinor: number])[];
  readonly sizes: readonly (readonly [name: string, factor: number])[];
}

/** The items of a food and hospitality wholesaler, by group. */
export const itemGroups: readonly ItemGroup[] = [
  {
    prefix: "DA",
    baseUnit: "pack",
    products: [
      ["Butter, salted", 330],
      ["Butter, unsalted", 330],
      ["Cream cheese", 290],
      ["Mozzarella, grated", 310],
      ["Greek yoghurt", 190],
      ["Skyr", 170],
      ["Whipping cream", 240],
      ["Mascarpone", 380],
    ],
    sizes: [
      ["125 g", 0.4],
      ["250 g", 0.65],
      ["500 g", 1.2],
      ["1 kg", 2.2],
    ],
  },
  {
    prefix: "BA",
    baseUnit: "piece",
    products: [
      ["Rye roll", 38],
      ["Burger bun", 42],
      ["Ciabatta", 55],
      ["Butter croissant", 62],
      ["Focaccia", 140],
      ["Sourdough loaf", 230],
      ["Cinnamon twist", 75],
      ["Seed crispbread", 120],
    ],
    sizes: [
      ["mini", 0.65],
      ["standard", 1],
      ["organic", 1.35],
      ["gluten free", 2],
    ],
  },
  {
    prefix: "FR",
    baseUnit: "bag",
    products: [
      ["Tomatoes on the vine", 220],
      ["Cucumber", 95],
      ["Romaine lettuce", 140],
      ["Carrots", 90],
      ["Potatoes, waxy", 85],
      ["Red onions", 110],
      ["Lemons", 210],
      ["Flat parsley", 160],
      ["Button mushrooms", 260],
      ["Apples", 150],
    ],
    sizes: [
      ["500 g", 0.6],
      ["1 kg", 1.1],
      ["1 kg, organic", 1.6],
      ["2.5 kg", 2.4],
    ],
  },
  {
    prefix: "PA",
    baseUnit: "pack",
    products: [
      ["Tomato passata", 130],
      ["Chickpeas", 115],
      ["Rapeseed oil", 240],
      ["Jasmine rice", 180],
      ["Penne", 125],
      ["Wheat flour", 85],
      ["Cane sugar", 120],
      ["Sea salt", 70],
      ["Mayonnaise", 280],
      ["Dijon mustard", 260],
    ],
    sizes: [
      ["400 g", 0.5],
      ["1 kg", 1],
      ["2.5 kg", 2.3],
      ["5 kg", 4.2],
    ],
  },
  {
    prefix: "DR",
    baseUnit: "bottle",
    products: [
      ["Apple juice", 170],
      ["Elderflower cordial", 230],
      ["Sparkling water", 90],
      ["Rhubarb lemonade", 160],
      ["Ginger beer", 175],
      ["Alcohol-free lager", 150],
      ["Cold brew coffee", 260],
    ],
    sizes: [
      ["25 cl", 0.5],
      ["33 cl", 0.65],
      ["75 cl", 1.2],
      ["1 l", 1.5],
    ],
  },
  {
    prefix: "NF",
    baseUnit: "pack",
    products: [
      ["Napkins, white", 240],
      ["Paper cups", 310],
      ["Take-away boxes", 480],
      ["Baking paper", 390],
      ["Dish soap", 220],
      ["Nitrile gloves", 420],
    ],
    sizes: [
      ["small", 0.6],
      ["medium", 1],
      ["large", 1.7],
      ["case", 4],
    ],
  },
];
