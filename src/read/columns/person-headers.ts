/**
 * Headers under which exports write what is somebody's: addresses and numbers (see `headers.ts`), names,
 * and where people live. A column that comes out as it is may be none of them.
 */
import { headerKey, knownHeader } from "./headers.ts";

/** What such a column holds. */
export type PersonalKind = "email" | "phone" | "person-name" | "address" | "birthday";

/** In the order of words that a message uses. */
export const PERSONAL_KINDS: Readonly<Record<PersonalKind, string>> = {
  email: "e-mail addresses",
  phone: "phone numbers",
  "person-name": "names of people",
  address: "addresses of people",
  birthday: "dates of birth",
};

const PERSON_NAMES = [
  ...[
    "First Name",
    "Last Name",
    "Full Name",
    "Middle Name",
    "Given Name",
    "Family Name",
    "Surname",
  ],
  ...[
    "Forename",
    "Maiden Name",
    "Nickname",
    "Contact Name",
    "Customer Name",
    "Lead Name",
    "Person",
  ],
  ...[
    "Contact: Full Name",
    "Contact: First Name",
    "Contact: Last Name",
    "Person - Name",
    "User Name",
  ],
  ...[
    "Username",
    "Buyer Name",
    "Recipient Name",
    "Cardholder Name",
    "Billing Name",
    "Shipping Name",
  ],
  ...["Billing First Name", "Billing Last Name", "Shipping First Name", "Shipping Last Name"],
  ...[
    "Vorname",
    "Nachname",
    "Familienname",
    "Vor- und Nachname",
    "Vollständiger Name",
    "Kundenname",
  ],
  ...["Ansprechpartner", "Kontaktname", "Anrede und Name"],
  ...["Prénom", "Nom de famille", "Nom complet", "Nom du contact", "Nom du client"],
  ...["Apellido", "Apellidos", "Nombre completo", "Nombre y apellidos", "Nombre del contacto"],
  ...["Nombre del cliente", "Cognome", "Nome completo", "Nome e cognome", "Nome cliente"],
  ...["Nome contatto", "Sobrenome", "Nome do contato", "Nome do cliente", "Apelido"],
  ...["Voornaam", "Achternaam", "Volledige naam", "Contactpersoon", "Naam klant"],
  ...["姓", "名", "氏名", "お名前", "名前", "姓名", "顧客名", "担当者名", "フルネーム", "フリガナ"],
];

/** A name of a person in one file, of the conversion in another. */
const NAMES_OR_GOALS = ["Name", "Nom", "Nombre", "Nome", "Naam"];

const ADDRESSES = [
  ...["Address", "Street", "Street Address", "Address 1", "Address 2", "Address Line 1"],
  ...["Address Line 2", "Mailing Address", "Mailing Street", "Billing Address", "Billing Street"],
  ...[
    "Billing Address 1",
    "Shipping Address",
    "Shipping Street",
    "Shipping Address 1",
    "Home Address",
  ],
  ...["City", "Town", "Zip", "Zip Code", "Postal Code", "Postcode", "Mailing City", "Billing City"],
  ...["Billing Zip", "Shipping City", "Shipping Zip", "Mailing Zip/Postal Code", "IP Address"],
  ...["Anschrift", "Adresse", "Straße", "Strasse", "Straße und Hausnummer", "PLZ", "Postleitzahl"],
  ...["Ort", "Wohnort", "Rue", "Adresse postale", "Code postal", "Ville"],
  ...["Dirección", "Calle", "Código postal", "Ciudad", "Población"],
  ...["Indirizzo", "Via", "CAP", "Città", "Endereço", "Rua", "CEP", "Cidade"],
  ...["Adres", "Straat", "Woonplaats", "住所", "郵便番号", "市区町村"],
];

const BIRTHDAYS = [
  ...["Birthday", "Birthdate", "Birth Date", "Date of Birth", "DOB", "Geburtsdatum", "Geburtstag"],
  ...["Date de naissance", "Fecha de nacimiento", "Data di nascita", "Data de nascimento"],
  ...["Geboortedatum", "生年月日"],
];

function keys(kind: PersonalKind, names: readonly string[]): [string, PersonalKind][] {
  return names.map((name) => [headerKey(name), kind]);
}

const KINDS = new Map<string, PersonalKind>([
  ...keys("person-name", PERSON_NAMES),
  ...keys("address", ADDRESSES),
  ...keys("birthday", BIRTHDAYS),
]);

const EITHER: ReadonlySet<string> = new Set(NAMES_OR_GOALS.map(headerKey));

/**
 * What somebody's is in a column with this header; undefined where the header does not tell.
 *
 * @param isGoalColumn a column that is to hold names of conversions may be called just `Name`
 */
export function personalKind(header: string, isGoalColumn: boolean): PersonalKind | undefined {
  const field = knownHeader(header)?.field;
  if (field === "email" || field === "hashed-email") return "email";
  if (field === "phone" || field === "hashed-phone") return "phone";
  const key = headerKey(header);
  if (EITHER.has(key)) return isGoalColumn ? undefined : "person-name";
  return KINDS.get(key);
}
