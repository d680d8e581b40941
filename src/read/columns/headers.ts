/**
 * Header names that exports write, and the field each stands for: the one table to extend. Names are
 * compared as `headerKey` makes them: without case, accents, spaces and punctuation, so "E-mail", "EMAIL"
 * and "e_mail" are one entry, and "Person - Email - Work" is written here as people see it.
 *
 * `rank` orders the columns of one field: e-mail, phone and country fall back in that order (the main
 * address before the second one); of a single-valued field the lowest rank is taken, and two columns
 * with the lowest rank are a question to the user.
 *
 * A stage and a consent are never in this table: what they mean differs from one CRM to the next, so they are
 * taken only where the user names them. An attribution is there under Microsoft's own names alone.
 */
import type { AdjustField, ConversionField, PersonField } from "../../base/fields.ts";

/** What a column can hold, the join key aside. */
export type Field = PersonField | ConversionField | AdjustField;

export interface KnownHeader {
  readonly field: Field;
  readonly rank: number;
}

/**
 * The rank of a header that means the person only where no other column does: beside `Invitee Email` or
 * `Customer Email`, a `User Email` is the host's or the seller's, and never a fallback for an empty cell.
 */
export const ALONE = 9;

type Group = readonly [field: Field, rank: number, source: string, names: readonly string[]];

const GROUPS: readonly Group[] = [
  // -- e-mail -------------------------------------------------------------------------------------
  [
    "email",
    1,
    "all: Salesforce, HubSpot, Dynamics, Zoho, Shopify, Google, Adobe",
    ["Email", "Email Address", "Primary Email", "Email 1", "Email Address 1", "E-mail 1 - Value"],
  ],
  [
    "email",
    1,
    "customer exports",
    ["Customer Email", "Contact Email", "Lead Email", "Contact: Email", "Buyer Email"],
  ],
  ["email", 1, "Pipedrive", ["Person - Email", "Email - Work", "Person - Email - Work"]],
  ["email", 2, "Pipedrive", ["Email - Home", "Person - Email - Home"]],
  ["email", 4, "Pipedrive", ["Email - Other", "Person - Email - Other"]],
  [
    "email",
    2,
    "WooCommerce, Magento",
    ["Billing Email", "Email (Billing)", "Billing Email Address"],
  ],
  ["email", 2, "HubSpot, Zoho", ["Work Email", "Business Email"]],
  ["email", ALONE, "customer exports", ["User Email"]],
  ["email", 2, "PayPal, Calendly", ["From Email Address", "Invitee Email"]],
  [
    "email",
    3,
    "Zoho, Dynamics",
    ["Secondary Email", "Email 2", "Email Address 2", "Alternate Email", "Personal Email"],
  ],
  ["email", 4, "Dynamics", ["Email 3", "Email Address 3", "Other Email"]],
  [
    "email",
    1,
    "German",
    ["E-Mail-Adresse", "Mail", "Mailadresse", "E-Mail (geschäftlich)", "E-Mail geschäftlich"],
  ],
  [
    "email",
    1,
    "French",
    [
      "Adresse e-mail",
      "Adresse email",
      "Courriel",
      "Adresse courriel",
      "Adresse électronique",
      "Adresse de messagerie",
      "Mél",
    ],
  ],
  [
    "email",
    1,
    "Spanish",
    ["Correo electrónico", "Correo", "Dirección de correo electrónico", "Dirección de correo"],
  ],
  [
    "email",
    1,
    "Italian",
    ["Indirizzo e-mail", "Indirizzo email", "Posta elettronica", "Indirizzo di posta elettronica"],
  ],
  [
    "email",
    1,
    "Portuguese",
    ["Endereço de e-mail", "Endereço de email", "Correio eletrónico", "Correio eletrônico"],
  ],
  ["email", 1, "Polish", ["Adres e-mail", "Adres email"]],
  ["email", 1, "Dutch", ["E-mailadres", "Mailadres"]],
  [
    "email",
    1,
    "Japanese",
    ["メール", "メールアドレス", "Eメール", "電子メール", "Eメールアドレス"],
  ],
  // -- phone --------------------------------------------------------------------------------------
  [
    "phone",
    1,
    "Salesforce, HubSpot, Zoho, Shopify, Google, Adobe",
    [
      "Phone",
      "Phone Number",
      "Telephone",
      "Telephone Number",
      "Tel",
      "Primary Phone",
      "Phone 1",
      "Phone 1 - Value",
    ],
  ],
  [
    "phone",
    1,
    "customer exports",
    ["Customer Phone", "Customer Phone Number", "Contact Phone", "Lead Phone", "Contact: Phone"],
  ],
  [
    "phone",
    2,
    "Salesforce, HubSpot, Zoho, Dynamics",
    [
      "Mobile",
      "Mobile Phone",
      "Mobile Phone Number",
      "Mobile Number",
      "Cell",
      "Cell Phone",
      "Cellphone",
      "Contact: Mobile",
    ],
  ],
  ["phone", 1, "Pipedrive", ["Person - Phone", "Phone - Work", "Person - Phone - Work"]],
  ["phone", 2, "Pipedrive", ["Phone - Mobile", "Person - Phone - Mobile"]],
  ["phone", 4, "Pipedrive", ["Phone - Home", "Person - Phone - Home"]],
  ["phone", 5, "Pipedrive", ["Phone - Other", "Person - Phone - Other"]],
  [
    "phone",
    3,
    "Dynamics, Outlook",
    ["Business Phone", "Work Phone", "Phone 2", "Business Phone 2"],
  ],
  [
    "phone",
    3,
    "Shopify, WooCommerce",
    ["Billing Phone", "Phone (Billing)", "Default Address Phone"],
  ],
  [
    "phone",
    4,
    "Salesforce, Dynamics, Shopify",
    ["Home Phone", "Home Phone 2", "Shipping Phone", "Phone (Shipping)"],
  ],
  ["phone", 5, "Salesforce", ["Other Phone", "Phone 3"]],
  [
    "phone",
    1,
    "German",
    ["Telefon", "Telefonnummer", "Rufnummer", "Telefon (geschäftlich)", "Telefon geschäftlich"],
  ],
  [
    "phone",
    2,
    "German",
    [
      "Mobil",
      "Mobiltelefon",
      "Mobilnummer",
      "Mobilfunknummer",
      "Handy",
      "Handynummer",
      "Mobiltelefonnummer",
    ],
  ],
  ["phone", 4, "German", ["Telefon privat", "Telefon (privat)"]],
  ["phone", 1, "French", ["Téléphone", "Numéro de téléphone", "N° de téléphone", "Tél"]],
  [
    "phone",
    2,
    "French",
    [
      "Portable",
      "Mobile",
      "Téléphone portable",
      "Téléphone mobile",
      "Numéro de portable",
      "Numéro de téléphone mobile",
    ],
  ],
  ["phone", 1, "Spanish", ["Teléfono", "Número de teléfono", "Número telefónico"]],
  [
    "phone",
    2,
    "Spanish",
    [
      "Móvil",
      "Celular",
      "Teléfono móvil",
      "Teléfono celular",
      "Número de móvil",
      "Número de teléfono móvil",
      "Número de celular",
    ],
  ],
  ["phone", 1, "Italian", ["Telefono", "Numero di telefono"]],
  [
    "phone",
    2,
    "Italian",
    ["Cellulare", "Telefono cellulare", "Telefono mobile", "Numero di cellulare"],
  ],
  ["phone", 1, "Portuguese", ["Telefone", "Número de telefone"]],
  [
    "phone",
    2,
    "Portuguese",
    ["Telemóvel", "Telefone celular", "Número de telemóvel", "Número de celular", "Telefone móvel"],
  ],
  ["phone", 1, "Dutch", ["Telefoon", "Telefoonnummer"]],
  [
    "phone",
    2,
    "Dutch",
    ["Mobiel", "Mobiele telefoon", "Mobiel nummer", "Mobiel telefoonnummer", "GSM"],
  ],
  ["phone", 1, "Japanese", ["電話", "電話番号", "TEL"]],
  ["phone", 2, "Japanese", ["携帯", "携帯電話", "携帯電話番号", "携帯番号"]],
  // -- hashed columns: only under names that say so --------------------------------------------------
  [
    "hashed-email",
    1,
    "Microsoft",
    [
      "Hashed Email Address",
      "Hashed Email",
      "HashedEmailAddress",
      "Email SHA256",
      "SHA256 Email",
      "Email (SHA-256)",
      "Email Hash",
      "Email Hashed",
    ],
  ],
  [
    "hashed-phone",
    1,
    "Microsoft",
    [
      "Hashed Phone Number",
      "Hashed Phone",
      "HashedPhoneNumber",
      "Phone SHA256",
      "SHA256 Phone",
      "Phone (SHA-256)",
      "Phone Hash",
      "Phone Hashed",
    ],
  ],
  // -- country ------------------------------------------------------------------------------------
  [
    "country",
    1,
    "all",
    [
      "Country",
      "Country Code",
      "Country/Region",
      "Country/Territory",
      "Country ISO Code",
      "Country (text only)",
      "Contact Country",
      "Customer Country",
      "Person - Country",
    ],
  ],
  [
    "country",
    2,
    "Salesforce",
    [
      "Mailing Country",
      "Mailing Country Code",
      "Mailing Country/Territory",
      "Mailing Country (text only)",
    ],
  ],
  ["country", 2, "Dynamics", ["Address 1: Country/Region", "Address 1: Country"]],
  [
    "country",
    3,
    "Shopify, WooCommerce",
    [
      "Billing Country",
      "Billing Country Code",
      "Country (Billing)",
      "Country Code (Billing)",
      "Default Address Country Code",
    ],
  ],
  [
    "country",
    4,
    "Shopify, WooCommerce, Salesforce",
    [
      "Shipping Country",
      "Shipping Country Code",
      "Country (Shipping)",
      "Country Code (Shipping)",
      "Other Country",
    ],
  ],
  [
    "country",
    1,
    "German",
    ["Land", "Ländercode", "Länderkürzel", "Land/Region", "Postanschrift Land"],
  ],
  ["country", 1, "French", ["Pays", "Code pays", "Pays/Région", "Pays/Territoire"]],
  [
    "country",
    1,
    "Spanish, Portuguese",
    ["País", "Código de país", "País/Región", "Código do país", "País/Região"],
  ],
  ["country", 1, "Italian", ["Paese", "Nazione", "Codice paese", "Paese/Area geografica"]],
  ["country", 1, "Dutch", ["Landcode", "Land/regio"]],
  ["country", 1, "Japanese", ["国", "国名", "国コード", "国/地域"]],
  // -- conversion name: never a deal's name, which is a person's or a company's -------------------------
  [
    "name",
    1,
    "Microsoft, Google, Adobe",
    [
      "Conversion Name",
      "Conversion Goal",
      "Conversion Goal Name",
      "Goal Name",
      "Goal",
      "Conversion Action",
      "Conversion Event",
    ],
  ],
  ["name", 1, "German", ["Conversion-Name", "Name der Conversion", "Zielname", "Conversion-Ziel"]],
  [
    "name",
    1,
    "French",
    ["Nom de la conversion", "Nom de conversion", "Objectif de conversion", "Nom de l'objectif"],
  ],
  [
    "name",
    1,
    "Spanish",
    ["Nombre de la conversión", "Nombre de conversión", "Objetivo de conversión"],
  ],
  [
    "name",
    1,
    "Italian",
    ["Nome conversione", "Nome della conversione", "Obiettivo di conversione"],
  ],
  ["name", 1, "Portuguese", ["Nome da conversão", "Nome de conversão", "Meta de conversão"]],
  ["name", 1, "Dutch", ["Conversienaam", "Naam van conversie", "Conversiedoel"]],
  ["name", 1, "Japanese", ["コンバージョン名", "コンバージョン目標"]],
  // -- time ---------------------------------------------------------------------------------------
  [
    "time",
    1,
    "Microsoft, Google, Adobe",
    [
      "Conversion Time",
      "Conversion Date",
      "Conversion Date Time",
      "Conversion Timestamp",
      "Event Time",
      "Event Timestamp",
    ],
  ],
  [
    "time",
    2,
    "Salesforce, HubSpot, Dynamics, Zoho",
    [
      "Close Date",
      "Closed Date",
      "Date Closed",
      "Converted Date",
      "Closing Date",
      "Actual Close Date",
      "Closed Won Date",
      "Deal Close Date",
      "Became a Customer Date",
    ],
  ],
  ["time", 1, "Typeform, Calendly", ["Submit Date", "Submitted At", "Event Created Date & Time"]],
  ["time", 3, "Stripe", ["Created date"]],
  ["time", 2, "Polish", ["Data zamówienia", "Data sprzedaży"]],
  ["time", 2, "Pipedrive", ["Won Time", "Deal - Won Time", "Deal - Closed Time"]],
  [
    "time",
    3,
    "Shopify, WooCommerce",
    [
      "Created At",
      "Order Date",
      "Order Time",
      "Date Created",
      "Order Created",
      "Purchase Date",
      "Order Date and Time",
    ],
  ],
  [
    "time",
    1,
    "German",
    ["Conversion-Zeit", "Zeitpunkt der Conversion", "Conversion-Datum", "Umwandlungsdatum"],
  ],
  ["time", 2, "German", ["Abschlussdatum", "Schlusstermin", "Schließdatum"]],
  ["time", 3, "German", ["Bestelldatum", "Auftragsdatum", "Kaufdatum"]],
  [
    "time",
    1,
    "French",
    [
      "Heure de conversion",
      "Date de conversion",
      "Heure de la conversion",
      "Date de la conversion",
    ],
  ],
  ["time", 2, "French", ["Date de clôture", "Date de fermeture"]],
  ["time", 3, "French", ["Date de commande", "Date de la commande", "Date d'achat"]],
  [
    "time",
    1,
    "Spanish",
    [
      "Hora de conversión",
      "Fecha de conversión",
      "Hora de la conversión",
      "Fecha de la conversión",
    ],
  ],
  ["time", 2, "Spanish", ["Fecha de cierre"]],
  ["time", 3, "Spanish", ["Fecha de pedido", "Fecha del pedido", "Fecha de compra"]],
  [
    "time",
    1,
    "Italian",
    [
      "Ora conversione",
      "Ora di conversione",
      "Data conversione",
      "Data di conversione",
      "Ora della conversione",
      "Data della conversione",
    ],
  ],
  ["time", 2, "Italian", ["Data di chiusura", "Data chiusura"]],
  ["time", 3, "Italian", ["Data ordine", "Data dell'ordine", "Data acquisto"]],
  [
    "time",
    1,
    "Portuguese",
    ["Hora da conversão", "Data da conversão", "Hora de conversão", "Data de conversão"],
  ],
  ["time", 2, "Portuguese", ["Data de fechamento", "Data de fecho"]],
  ["time", 3, "Portuguese", ["Data do pedido", "Data da encomenda", "Data da compra"]],
  ["time", 1, "Dutch", ["Conversietijd", "Conversiedatum", "Tijdstip van conversie"]],
  ["time", 2, "Dutch", ["Sluitingsdatum", "Afsluitdatum"]],
  ["time", 3, "Dutch", ["Besteldatum", "Orderdatum", "Aankoopdatum"]],
  [
    "time",
    1,
    "Japanese",
    ["コンバージョン日時", "コンバージョン時間", "コンバージョン日", "コンバージョン時刻"],
  ],
  ["time", 2, "Japanese", ["完了予定日", "クローズ日", "成約日", "受注日"]],
  ["time", 3, "Japanese", ["注文日", "注文日時", "購入日", "購入日時"]],
  // -- value --------------------------------------------------------------------------------------
  ["value", 1, "Microsoft, Google, Adobe", ["Conversion Value", "Conversion Revenue"]],
  [
    "value",
    2,
    "Salesforce, HubSpot, Pipedrive, Zoho",
    [
      "Amount",
      "Value",
      "Revenue",
      "Deal Amount",
      "Deal Value",
      "Deal - Value",
      "Opportunity Amount",
    ],
  ],
  ["value", 2, "Dynamics", ["Actual Revenue", "Actual Value"]],
  [
    "value",
    2,
    "Shopify, WooCommerce",
    ["Total", "Order Total", "Order Total Amount", "Order Value", "Order Amount", "Grand Total"],
  ],
  [
    "value",
    3,
    "HubSpot, Dynamics",
    [
      "Converted Amount",
      "Amount in company currency",
      "Est. Revenue",
      "Estimated Revenue",
      "Expected Revenue",
    ],
  ],
  ["value", 2, "Polish", ["Wartość", "Kwota", "Wartość zamówienia"]],
  ["value", 1, "German", ["Conversion-Wert", "Wert der Conversion"]],
  [
    "value",
    2,
    "German",
    ["Betrag", "Wert", "Umsatz", "Auftragswert", "Bestellwert", "Gesamtbetrag", "Summe"],
  ],
  ["value", 1, "French", ["Valeur de conversion", "Valeur de la conversion"]],
  [
    "value",
    2,
    "French",
    ["Montant", "Valeur", "Chiffre d'affaires", "Montant total", "Montant de la transaction"],
  ],
  ["value", 1, "Spanish", ["Valor de conversión", "Valor de la conversión"]],
  [
    "value",
    2,
    "Spanish",
    ["Importe", "Monto", "Valor", "Ingresos", "Importe total", "Cantidad del negocio"],
  ],
  [
    "value",
    1,
    "Italian",
    ["Valore conversione", "Valore di conversione", "Valore della conversione"],
  ],
  ["value", 2, "Italian", ["Importo", "Valore", "Ricavi", "Totale", "Importo totale"]],
  ["value", 1, "Portuguese", ["Valor da conversão", "Valor de conversão"]],
  ["value", 2, "Portuguese", ["Montante", "Receita", "Valor total", "Quantia"]],
  ["value", 1, "Dutch", ["Conversiewaarde", "Waarde van conversie"]],
  ["value", 2, "Dutch", ["Bedrag", "Waarde", "Omzet", "Totaalbedrag", "Orderbedrag"]],
  ["value", 1, "Japanese", ["コンバージョン値", "コンバージョンの値", "コンバージョン値 (円)"]],
  ["value", 2, "Japanese", ["金額", "値", "売上", "売上高", "合計", "合計金額", "商談金額"]],
  // -- currency -----------------------------------------------------------------------------------
  ["currency", 1, "Microsoft, Google, Adobe", ["Conversion Currency", "Conversion Currency Code"]],
  [
    "currency",
    2,
    "Salesforce, Shopify, HubSpot, Pipedrive",
    [
      "Currency",
      "Deal - Currency of Value",
      "Opportunity Amount Currency",
      "Currency Code",
      "CurrencyIsoCode",
      "Currency ISO Code",
      "Amount Currency",
      "Deal Currency",
      "Deal - Currency",
      "Opportunity Currency",
      "Deal Currency Code",
      "Order Currency",
    ],
  ],
  [
    "currency",
    2,
    "German",
    ["Währung", "Währungscode", "Conversion-Währung", "Währungskürzel", "Betrag Währung"],
  ],
  ["currency", 2, "Polish", ["Waluta"]],
  ["currency", 2, "French", ["Devise", "Code devise", "Devise de conversion", "Monnaie"]],
  [
    "currency",
    2,
    "Spanish, Portuguese",
    [
      "Moneda",
      "Divisa",
      "Código de moneda",
      "Moneda de conversión",
      "Moeda",
      "Código da moeda",
      "Moeda da conversão",
    ],
  ],
  ["currency", 2, "Italian", ["Valuta", "Codice valuta", "Valuta conversione"]],
  ["currency", 2, "Dutch", ["Valuta", "Valutacode", "Conversievaluta"]],
  ["currency", 2, "Japanese", ["通貨", "通貨コード", "コンバージョン通貨"]],
  // -- click ids of Google and what its templates ask besides ----------------------------------------
  [
    "gclid",
    1,
    "Google",
    [
      "Google Click ID",
      "GCLID",
      "GCLID__c",
      "Google_Click_ID__c",
      "Google Ads Click ID",
      "hs_google_click_id",
      "Google Click Identifier",
    ],
  ],
  ["gbraid", 1, "Google", ["GBRAID", "GBRAID__c"]],
  ["wbraid", 1, "Google", ["WBRAID", "WBRAID__c"]],
  ["ad-user-data", 1, "Google, Adobe", ["Ad User Data", "ad_user_data"]],
  ["ad-personalization", 1, "Google, Adobe", ["Ad Personalization", "ad_personalization"]],
  // -- click id -----------------------------------------------------------------------------------
  [
    "click-id",
    1,
    "Microsoft",
    [
      "Microsoft Click ID",
      "Microsoft Click Id",
      "MSCLKID",
      "MS Click ID",
      "Bing Click ID",
      "MSCLKID__c",
      "Microsoft_Click_ID__c",
      "Microsoft Advertising Click ID",
      "Microsoft Klick-ID",
      "Microsoft-Klick-ID",
    ],
  ],
  // -- ids of ours: taken automatically only under this very name -----------------------------------------
  ["client-id", 1, "Microsoft bulk file", ["Client Id"]],
  ["attribution-credit", 1, "Microsoft", ["External Attribution Credit"]],
  ["attribution-model", 1, "Microsoft", ["External Attribution Model"]],

  // -- corrections -----------------------------------------------------------------------------------------
  ["adjustment-type", 1, "Microsoft bulk file and import template", ["Adjustment Type"]],
  [
    "adjustment-time",
    1,
    "Microsoft bulk file and import template, Google Ads template",
    ["Adjustment Time", "Adjustment Date"],
  ],
  [
    "adjustment-time",
    2,
    "shops: Shopify, WooCommerce, Stripe",
    [
      "Refunded At",
      "Refund Date",
      "Refund Time",
      "Cancelled At",
      "Canceled At",
      "Cancellation Date",
      "Cancelled Date",
    ],
  ],
  [
    "new-value",
    1,
    "Microsoft bulk file and import template, Google Ads template",
    ["Adjustment Value", "Adjusted Value", "New Value"],
  ],
  [
    "new-currency",
    1,
    "Microsoft bulk file and import template, Google Ads template",
    [
      "Adjustment Currency Code",
      "Adjustment Currency",
      "Adjusted Value Currency",
      "Adjusted Currency",
      "New Currency",
    ],
  ],
];

/**
 * Join keys that mean the person in either file. "Record ID" and "ID" are not here: HubSpot and others call
 * the id of every object so, and a contact's would be joined to a deal's.
 */
const KEYS = [
  "Contact ID",
  "ContactId",
  "Lead ID",
  "Customer ID",
  "Person ID",
  "Contact Record ID",
  "Record ID - Contact",
  "Kontakt-ID",
  "Kunden-ID",
  "Kundennummer",
  "Kundennr",
  "Kunden-Nr.",
  "Customer Number",
  "Customer No.",
  "Person - ID",
  "ID du contact",
  "ID client",
  "ID de contacto",
  "ID de cliente",
  "ID contatto",
  "ID cliente",
  "ID do contato",
  "ID do contacto",
  "ID do cliente",
  "Contactpersoon-ID",
  "Klant-ID",
  "Klantnummer",
  "コンタクトID",
  "顧客ID",
  "取引先責任者 ID",
];

/** What exports of contacts call the id of their own records. */
const OWN_IDS = [
  "ID",
  "Record ID",
  "Record ID - Contact",
  "Contact ID",
  "(Do Not Modify) Contact",
  "Person - ID",
];

/** What exports of deals call the id of a deal's contact: HubSpot, Zoho, Salesforce, Pipedrive, Dynamics. */
const CONTACT_IDS = [
  "Associated Contact IDs",
  "Associated Contact ID",
  "Record ID - Contact",
  "Contact Name.id",
  "Contact ID",
  "Contact__c",
  "Primary Contact ID",
  "Primary Contact Id",
  "Person - ID",
  "Person ID",
];

/** Names that say that a row is a header, though no field is read from them. */
const OTHER_NAMES = [
  "Date",
  "Time",
  "Datum",
  "Uhrzeit",
  "Timestamp",
  "Zeitstempel",
  "Start Time",
  "Won Date",
  "Fecha",
  "Data",
  "日付",
  "日時",
  "Rechnung",
  "Rechnungsnummer",
  "Invoice",
  "Number",
  "Topic",
  "Potential Customer",
  "Financial Status",
  "Lineitem name",
  "Created Time",
  "Modified Time",
  "ID",
  "Record ID",
  "First Name",
  "Last Name",
  "Full Name",
  "Name",
  "Company",
  "Company Name",
  "Account Name",
  "Lead Status",
  "Status",
  "Stage",
  "Deal Stage",
  "Deal Name",
  "Opportunity ID",
  "Opportunity Name",
  "Deal ID",
  "Order ID",
  "Owner",
  "City",
  "Lead Source",
  "Ad User Data",
  "Ad Personalization",
  "Vorname",
  "Nachname",
  "Firma",
  "Prénom",
  "Nom",
  "Société",
  "Nombre",
  "Apellidos",
  "Empresa",
  "Nome",
  "Cognome",
  "Azienda",
  "Sobrenome",
  "Voornaam",
  "Achternaam",
  "Bedrijf",
  "姓",
  "名",
  "氏名",
  "会社名",
  "Type",
  "Parent Id",
  "Campaign",
  "Google Click ID",
  "GCLID",
  "Zip",
  "Postal Code",
];

/** A header as names are compared: no case, accents, spaces, punctuation; full-width as ASCII. */
export function headerKey(header: string): string {
  // Nearly all are ASCII, and a class of Unicode takes milliseconds to compile.
  if (!/[^\x00-\x7f]/.test(header)) return header.replace(/[^a-zA-Z0-9]/g, "").toLowerCase();
  return header
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}

const KNOWN = new Map<string, KnownHeader>();
for (const [field, rank, , names] of GROUPS) {
  for (const name of names) {
    const key = headerKey(name);
    if (!KNOWN.has(key)) KNOWN.set(key, { field, rank });
  }
}

const KEY_NAMES: ReadonlySet<string> = new Set(KEYS.map(headerKey));
const NAMES: ReadonlySet<string> = new Set([
  ...KNOWN.keys(),
  ...KEY_NAMES,
  ...OTHER_NAMES.map(headerKey),
]);

const OWN_ID_NAMES: ReadonlySet<string> = new Set(OWN_IDS.map(headerKey));
const CONTACT_ID_NAMES: ReadonlySet<string> = new Set(CONTACT_IDS.map(headerKey));

/** Dynamics names the columns of a related record so: `Email (Contact) (Contact)`. */
const OF_RELATED_CONTACT = /(?:\s*\((?:Contact|Kontakt|Contacto|Contatto|Contato)\)){1,2}\s*$/i;

/** A zone behind the name of a time, which `conversion/time/header-zone.ts` reads. */
const OF_ZONE = /\s*[([](?:UTC|GMT|[A-Z]{3,5}|[A-Z][a-z]+\/[A-Z][A-Za-z_/]+)[)\]]\s*$/;

/** Dynamics puts this before what a changed file must not change. */
const DO_NOT_MODIFY = /^\s*\((?:Do Not Modify|Nicht ändern)\)\s*/i;

/** The field that a header stands for, or undefined. */
export function knownHeader(header: string): KnownHeader | undefined {
  const known = KNOWN.get(headerKey(header));
  if (known !== undefined || !header.includes("(")) return known;
  const bare = header.replace(OF_RELATED_CONTACT, "");
  if (bare !== header) return bare === "" ? undefined : KNOWN.get(headerKey(bare));
  const named = KNOWN.get(headerKey(header.replace(OF_ZONE, "")));
  return named?.field === "time" ? named : undefined;
}

/** True for a header that names the person's id in either file. */
export function isKeyHeader(header: string): boolean {
  return KEY_NAMES.has(headerKey(header));
}

/** True for what an export of contacts calls the id of its records. */
export function isOwnId(header: string): boolean {
  return OWN_ID_NAMES.has(headerKey(header));
}

/** True for what an export of deals calls the id of the contact. */
export function isContactId(header: string): boolean {
  return CONTACT_ID_NAMES.has(headerKey(header));
}

/** True for a header that some export is known to write. */
export function isKnownName(header: string): boolean {
  if (NAMES.has(headerKey(header)) || isContactId(header)) return true;
  return DO_NOT_MODIFY.test(header) || knownHeader(header) !== undefined;
}
