/**
 * Microsoft Advertising's own zone names (bingads-13/guides/time-zones.md), as they may stand behind a
 * time in a file made for its import page (`2017-06-01 13:00:00 EasternTimeUSCanada`).
 *
 * Only names whose places keep one time today are here. The rest join places whose clocks have parted
 * since (Chihuahua and Mazatlan, Istanbul and Athens): reading one would be a guess, so a time that
 * carries it counts as unreadable.
 */
const MICROSOFT_ZONES: ReadonlyMap<string, string> = new Map([
  ["abudhabimuscat", "Asia/Dubai"],
  ["adelaide", "Australia/Adelaide"],
  ["alaska", "America/Anchorage"],
  ["amsterdamberlinbernromestockholmvienna", "Europe/Berlin"],
  ["arizona", "America/Phoenix"],
  ["aucklandwellington", "Pacific/Auckland"],
  ["azores", "Atlantic/Azores"],
  ["baghdad", "Asia/Baghdad"],
  ["bakutbilisiyerevan", "Asia/Baku"],
  ["bangkokhanoijakarta", "Asia/Bangkok"],
  ["belgradebratislavabudapestljubljanaprague", "Europe/Belgrade"],
  ["bogotalimaquito", "America/Bogota"],
  ["brasilia", "America/Sao_Paulo"],
  ["brisbane", "Australia/Brisbane"],
  ["brusselscopenhagenmadridparis", "Europe/Paris"],
  ["bucharest", "Europe/Bucharest"],
  ["cairo", "Africa/Cairo"],
  ["canberramelbournesydney", "Australia/Sydney"],
  ["capeverdeisland", "Atlantic/Cape_Verde"],
  ["caracaslapaz", "America/Caracas"],
  ["centralamerica", "America/Guatemala"],
  ["centraltimeuscanada", "America/Chicago"],
  ["chennaikolkatamumbainewdelhi", "Asia/Kolkata"],
  ["darwin", "Australia/Darwin"],
  ["easterntimeuscanada", "America/New_York"],
  ["ekaterinburg", "Asia/Yekaterinburg"],
  ["greenwichmeantimedublinedinburghlisbonlondon", "Europe/London"],
  ["guadalajaramexicocitymonterrey", "America/Mexico_City"],
  ["guamportmoresby", "Pacific/Guam"],
  ["hararepretoria", "Africa/Johannesburg"],
  ["hawaii", "Pacific/Honolulu"],
  ["helsinkikyivrigasofiatallinnvilnius", "Europe/Helsinki"],
  ["hobart", "Australia/Hobart"],
  ["indianaeast", "America/Indiana/Indianapolis"],
  ["irkutskulaanbataar", "Asia/Irkutsk"],
  ["jerusalem", "Asia/Jerusalem"],
  ["kabul", "Asia/Kabul"],
  ["kathmandu", "Asia/Kathmandu"],
  ["krasnoyarsk", "Asia/Krasnoyarsk"],
  ["kualalumpursingapore", "Asia/Singapore"],
  ["kuwaitriyadh", "Asia/Riyadh"],
  ["mountaintimeuscanada", "America/Denver"],
  ["moscowstpetersburgvolgograd", "Europe/Moscow"],
  ["nairobi", "Africa/Nairobi"],
  ["newfoundland", "America/St_Johns"],
  ["nukualofa", "Pacific/Tongatapu"],
  ["osakasapporotokyo", "Asia/Tokyo"],
  ["pacifictimeuscanadatijuana", "America/Los_Angeles"],
  ["perth", "Australia/Perth"],
  ["rangoon", "Asia/Yangon"],
  ["santiago", "America/Santiago"],
  ["sarajevoskopjewarsawzagreb", "Europe/Warsaw"],
  ["saskatchewan", "America/Regina"],
  ["seoul", "Asia/Seoul"],
  ["srijayawardenepura", "Asia/Colombo"],
  ["taipei", "Asia/Taipei"],
  ["tehran", "Asia/Tehran"],
  ["vladivostok", "Asia/Vladivostok"],
  ["yakutsk", "Asia/Yakutsk"],
]);

/** IANA name for one of Microsoft's zone names, any case; undefined for every other text. */
export function microsoftZone(name: string): string | undefined {
  return MICROSOFT_ZONES.get(name.toLowerCase());
}
