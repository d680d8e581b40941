/** The zone behind a time. The forms are listed in `forms.ts`. */
import { COLON, type Cursor, isDigit, isLetter, MINUS, SLASH, type TimeText } from "./text.ts";

/** Zone or nothing, then the end of the text. */
export function readZone(cursor: Cursor, out: TimeText): boolean {
  cursor.skipSpaces();
  if (cursor.code() === -1) return true;
  if (isLetter(cursor.code()) && !letterZone(cursor, out)) return false;
  if (out.zoneName !== "") return cursor.code() === -1;
  offset(cursor, out);
  if (Number.isNaN(out.offset)) return false;
  bracketedName(cursor);
  return cursor.code() === -1;
}

/** `Z`, `UTC`, `GMT`, `UT` give offset 0, which a following offset replaces; else a zone's name. */
function letterZone(cursor: Cursor, out: TimeText): boolean {
  const rest = cursor.text.slice(cursor.at);
  const letters = cursor.lettersAhead();
  const word = rest.slice(0, letters).toLowerCase();
  const next = cursor.code(letters);
  if (word === "z" || ((word === "utc" || word === "gmt" || word === "ut") && next !== SLASH)) {
    out.offset = 0;
    cursor.at += letters;
    return word !== "z" || next === -1 || next === 91;
  }
  // An abbreviation stands behind a time; behind a date alone it is some other word.
  if (letters < 4 && next !== SLASH && (letters < 3 || !out.hasTime)) return false;
  for (let i = 0; i < rest.length; i++) if (!isZoneNameCode(rest.charCodeAt(i))) return false;
  out.zoneName = rest;
  cursor.at = cursor.text.length;
  return true;
}

/** `+01`, `+0100`, `+01:00`; behind UTC or GMT also `+1`. At most 14 hours, as far as zones reach. */
function offset(cursor: Cursor, out: TimeText): void {
  const sign = cursor.code();
  if (sign !== 43 && sign !== MINUS) return;
  const afterWord = out.offset === 0;
  out.offset = Number.NaN;
  cursor.at++;
  const digits = cursor.digitsAhead();
  let hours: number;
  let minutes = 0;
  if (digits === 4) {
    hours = cursor.number(2);
    minutes = cursor.number(2);
  } else if (digits === 2 || (digits === 1 && afterWord)) {
    hours = cursor.number(digits);
    if (cursor.code() === COLON) {
      cursor.at++;
      if (cursor.digitsAhead() !== 2) return;
      minutes = cursor.number(2);
    }
  } else return;
  const seconds = hours * 3600 + minutes * 60;
  if (minutes > 59 || seconds > 14 * 3600) return;
  out.offset = sign === MINUS ? 0 - seconds : seconds;
}

/**
 * Java's `2026-11-19T13:05-05:00[America/New_York]` and JavaScript's `GMT+0100 (Central European Standard Time)`: the
 * offset decides, the name is passed over.
 */
function bracketedName(cursor: Cursor): void {
  const inParentheses = /^ ?\([\p{L}\p{N} +:./'\u2019_-]{2,60}\)$/u.exec(
    cursor.text.slice(cursor.at),
  );
  if (inParentheses !== null) cursor.at = cursor.text.length;
  if (cursor.code() !== 91 || !cursor.text.endsWith("]")) return;
  const last = cursor.text.length - 1;
  for (let i = cursor.at + 1; i < last; i++) {
    if (!isZoneNameCode(cursor.text.charCodeAt(i))) return;
  }
  cursor.at = cursor.text.length;
}

/** Letters, digits, `/`, `_`, `-`, `+`. */
function isZoneNameCode(code: number): boolean {
  return (
    isLetter(code) ||
    isDigit(code) ||
    code === SLASH ||
    code === 95 ||
    code === MINUS ||
    code === 43
  );
}

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
