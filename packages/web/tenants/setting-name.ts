/** "Max alerts per rep per day" for maxAlertsPerRepPerDay; a setting of a category keeps its category. */
export const nameText = (name: string): string => {
  const [setting = "", category] = name.split("@");
  const words = setting.replaceAll(/([A-Z])/g, " $1").toLowerCase();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${category === undefined ? "" : `, ${category}`}`;
};
