/**
 * Names of months and days in English, German, French, Spanish, Italian, Portuguese and Dutch, whole and short, as
 * Unicode CLDR has them (48), and as people write them besides; Japanese months are numbers (`date.ts`). No short
 * form stands for two months. `mar` is March in four of these languages and Tuesday in three: it is read as March
 * alone, so that a date behind it is not taken for another.
 */

const MONTHS: readonly string[] = [
  "january jan januar jän jänner janvier janv enero ene gennaio gen janeiro januari",
  "february feb februar feber février févr fev fév febrero febbraio fevereiro februari",
  "march mar märz mär mrz mars marzo março maart mrt",
  "april apr avril avr abril abr aprile",
  "may mai mayo maggio mag maio mei",
  "june jun juni juin junio giugno giu junho",
  "july jul juli juillet juil julio luglio lug julho",
  "august aug août aout agosto ago augustus",
  "september sep sept septembre septiembre setiembre settembre set setembro",
  "october oct oktober okt octobre octubre ottobre ott outubro out",
  "november nov novembre noviembre novembro",
  "december dec dezember dez décembre déc diciembre dic dicembre dezembro",
];

/** Case and accents do not count: exports in capitals often have none. */
function plain(name: string): string {
  return name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const MONTH_BY_NAME: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) =>
    names.split(" ").map((name): [string, number] => [plain(name), index + 1]),
  ),
);

/** 1 to 12 for the name of a month or a short form of it; 0 for anything else. */
export function monthByName(name: string): number {
  return MONTH_BY_NAME.get(plain(name)) ?? 0;
}

const WEEKDAYS: ReadonlySet<string> = new Set(
  (
    "monday mon tuesday tue wednesday wed thursday thu friday fri saturday sat sunday sun " +
    "montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa sonntag so " +
    "lundi lun mardi mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim " +
    "lunes martes miercoles mie jueves jue viernes vie sabado sab domingo dom " +
    "lunedi martedi mercoledi giovedi gio venerdi sabato domenica " +
    "segunda terca quarta quinta sexta maandag ma dinsdag woensdag wo donderdag vrijdag vr zaterdag za zondag zo"
  ).split(" "),
);

/** Whether a word names a day of the week, any case. */
export function isWeekday(word: string): boolean {
  return WEEKDAYS.has(plain(word));
}
