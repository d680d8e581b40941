/** The user's languages. Some browsers name one that is none ("C"), on which all of Intl throws. */
export function languages(): readonly string[] {
  return navigator.languages.filter((tag) => {
    try {
      return Intl.getCanonicalLocales(tag).length > 0;
    } catch {
      return false;
    }
  });
}

/** Suggestions for the time zone. Engines list them under old names only, and some without UTC. */
export function zones(): readonly string[] {
  const known = Intl.supportedValuesOf("timeZone");
  const also = [
    "UTC",
    "Asia/Kolkata",
    "Europe/Kyiv",
    "Asia/Ho_Chi_Minh",
    "Asia/Yangon",
    "Asia/Kathmandu",
    "America/Nuuk",
  ];
  return [...new Set([...known, ...also])].sort();
}
