/**
 * Abbreviations of zones behind a time. Several zones share most of them (CST is Chicago, Havana and Shanghai), so one
 * is read only where the run's zone says which is meant: those of RFC 5322 where it lies in the Americas, and its own.
 * All others are refused, and so is one that these two read differently (CST in Havana).
 */

const HOUR = 3600;

/** RFC 5322, section 4.3, in hours. */
const AMERICAN: Readonly<Record<string, number>> = {
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
};

/** Whether a zone lies in the Americas, its older names (`US/Eastern`, `EST5EDT`) among them. */
const IN_AMERICA =
  /^(?:(?:america|us|canada|mexico|brazil|chile)\/|(?:cuba|jamaica|navajo|[ecmp]st\d[ecmp]dt)$)/i;

/**
 * Abbreviations with the hours east of UTC, then the zones whose own they are: names of the IANA time zone database in
 * 2026, those behind `Africa/` in that area, those behind a lone `/` in none. Python's zoneinfo made the list, and
 * `test/conversion/time/abbreviations.test.ts` holds it to that.
 */
const OWN = `
  ACST+9.5: Australia/ Darwin North;
  ACST+9.5 ACDT+10.5: Australia/ Adelaide Broken_Hill South Yancowinna;
  AEST+10: Australia/ Brisbane Lindeman Queensland;
  AEST+10 AEDT+11: Antarctica/ Macquarie Australia/ ACT Canberra Currie Hobart Melbourne NSW
    Sydney Tasmania Victoria;
  AKST-9 AKDT-8: America/ Anchorage Juneau Metlakatla Nome Sitka Yakutat US/ Alaska;
  AST-4: America/ Anguilla Antigua Aruba Barbados Blanc-Sablon Curacao Dominica Grenada Guadeloupe
    Kralendijk Lower_Princes Marigot Martinique Montserrat Port_of_Spain Puerto_Rico Santo_Domingo
    St_Barthelemy St_Kitts St_Lucia St_Thomas St_Vincent Tortola Virgin;
  AST-4 ADT-3: America/ Glace_Bay Goose_Bay Halifax Moncton Thule Atlantic/ Bermuda Canada/
    Atlantic;
  AWST+8: Australia/ Perth West;
  BST+1: Europe/ Belfast Guernsey Isle_of_Man Jersey London / GB GB-Eire;
  CAT+2: Africa/ Blantyre Bujumbura Gaborone Harare Juba Khartoum Kigali Lubumbashi Lusaka Maputo
    Windhoek;
  CET+1: Africa/ Algiers Tunis;
  CET+1 CEST+2: Africa/ Ceuta Arctic/ Longyearbyen Atlantic/ Jan_Mayen Europe/ Amsterdam Andorra
    Belgrade Berlin Bratislava Brussels Budapest Busingen Copenhagen Gibraltar Ljubljana
    Luxembourg Madrid Malta Monaco Oslo Paris Podgorica Prague Rome San_Marino Sarajevo Skopje
    Stockholm Tirane Vaduz Vatican Vienna Warsaw Zagreb Zurich / Poland;
  CHST+10: Pacific/ Guam Saipan;
  CST-6: America/ Bahia_Banderas Belize Chihuahua Costa_Rica El_Salvador Guatemala Managua Merida
    Mexico_City Monterrey Regina Swift_Current Tegucigalpa Canada/ Saskatchewan Mexico/ General;
  CST-6 CDT-5: America/ Chicago Indiana/Knox Indiana/Tell_City Knox_IN Matamoros Menominee
    North_Dakota/Beulah North_Dakota/Center North_Dakota/New_Salem Ojinaga Rainy_River
    Rankin_Inlet Resolute Winnipeg / CST6CDT Canada/ Central US/ Central Indiana-Starke;
  CST-5 CDT-4: America/ Havana / Cuba;
  CST+8: Asia/ Chongqing Chungking Harbin Macao Macau Shanghai Taipei / PRC ROC;
  EAT+3: Africa/ Addis_Ababa Asmara Asmera Dar_es_Salaam Djibouti Kampala Mogadishu Nairobi
    Indian/ Antananarivo Comoro Mayotte;
  EET+2: Africa/ Tripoli Europe/ Kaliningrad / Libya;
  EET+2 EEST+3: Africa/ Cairo Asia/ Beirut Famagusta Gaza Hebron Nicosia / Egypt Europe/ Athens
    Bucharest Chisinau Helsinki Kiev Kyiv Mariehamn Nicosia Riga Sofia Tallinn Tiraspol Uzhgorod
    Vilnius Zaporozhye;
  EST-5: America/ Atikokan Cancun Cayman Coral_Harbour Jamaica Panama / Jamaica;
  EST-5 EDT-4: America/ Detroit Fort_Wayne Grand_Turk Indiana/Indianapolis Indiana/Marengo
    Indiana/Petersburg Indiana/Vevay Indiana/Vincennes Indiana/Winamac Indianapolis Iqaluit
    Kentucky/Louisville Kentucky/Monticello Louisville Montreal Nassau New_York Nipigon
    Pangnirtung Port-au-Prince Thunder_Bay Toronto Canada/ Eastern / EST5EDT US/ East-Indiana
    Eastern Michigan;
  HKT+8: Asia/ Hong_Kong / Hongkong;
  HST-10: Pacific/ Honolulu Johnston US/ Hawaii;
  HST-10 HDT-9: America/ Adak Atka US/ Aleutian;
  IST+1: / Eire Europe/ Dublin;
  IST+2 IDT+3: Asia/ Jerusalem Tel_Aviv / Israel;
  IST+5.5: Asia/ Calcutta Kolkata;
  JST+9: Asia/ Tokyo / Japan;
  KST+9: Asia/ Pyongyang Seoul / ROK;
  MSK+3: Europe/ Kirov Moscow Simferopol Volgograd / W-SU;
  MST-7: America/ Creston Dawson Dawson_Creek Fort_Nelson Hermosillo Mazatlan Phoenix Whitehorse
    Canada/ Yukon Mexico/ BajaSur US/ Arizona;
  MST-7 MDT-6: America/ Boise Cambridge_Bay Ciudad_Juarez Denver Edmonton Inuvik Shiprock
    Yellowknife Canada/ Mountain / MST7MDT Navajo US/ Mountain;
  NST-3.5 NDT-2.5: America/ St_Johns Canada/ Newfoundland;
  NZST+12 NZDT+13: Antarctica/ McMurdo South_Pole / NZ Pacific/ Auckland;
  PKT+5: Asia/ Karachi;
  PST-8 PDT-7: America/ Ensenada Los_Angeles Santa_Isabel Tijuana Vancouver Canada/ Pacific
    Mexico/ BajaNorte / PST8PDT US/ Pacific;
  PST+8: Asia/ Manila;
  SAST+2: Africa/ Johannesburg Maseru Mbabane;
  SST-11: Pacific/ Midway Pago_Pago Samoa US/ Samoa;
  WAT+1: Africa/ Bangui Brazzaville Douala Kinshasa Lagos Libreville Luanda Malabo Ndjamena Niamey
    Porto-Novo;
  WET+0 WEST+1: Atlantic/ Canary Faeroe Faroe Madeira Europe/ Lisbon / Portugal;
  WIB+7: Asia/ Jakarta Pontianak;
  WIT+9: Asia/ Jayapura;
  WITA+8: Asia/ Makassar Ujung_Pandang;
`;

/** German writes three of them in its own way. */
const GERMAN: Readonly<Record<string, string>> = {
  MEZ: "CET",
  MESZ: "CEST",
  OEZ: "EET",
  OESZ: "EEST",
  WEZ: "WET",
  WESZ: "WEST",
};

/** Hours by abbreviation, for one zone. */
type Hours = ReadonlyMap<string, number>;

let own: ReadonlyMap<string, Hours> | undefined;

function readOwn(): ReadonlyMap<string, Hours> {
  const zones = new Map<string, Hours>();
  for (const entry of OWN.split(";")) {
    const [names = "", places = ""] = entry.split(":");
    const hours = new Map(
      [...names.matchAll(/([A-Z]+)([+-][\d.]+)/g)].map(([, name = "", east]) => [
        name,
        Number(east),
      ]),
    );
    let area = "";
    for (const place of places.trim().split(/\s+/)) {
      if (place.endsWith("/")) area = place === "/" ? "" : place;
      else zones.set(`${area}${place}`.toLowerCase(), hours);
    }
  }
  return zones;
}

/** Whether some zone writes this abbreviation. */
export function isAbbreviation(name: string): boolean {
  own ??= readOwn();
  if (GERMAN[name] !== undefined) return true;
  for (const hours of own.values()) if (hours.has(name)) return true;
  return false;
}

/** Seconds east of UTC of an abbreviation, under the run's zone; undefined where it could mean another. */
export function abbreviationOffset(name: string, zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  own ??= readOwn();
  const upper = name.toUpperCase();
  const itsOwn = own.get(zone.toLowerCase())?.get(GERMAN[upper] ?? upper);
  const american = IN_AMERICA.test(zone) ? AMERICAN[upper] : undefined;
  const hours = itsOwn ?? american;
  if (hours === undefined || (american !== undefined && american !== hours)) return undefined;
  return hours * HOUR;
}
