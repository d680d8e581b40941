"""What a careful script does: csv, hashlib and phonenumbers, one pass over each file, no more kept than is needed.

    python.py semi CONTACTS CONVERSIONS OUTPUT     reads the conversions first, hashes only whom they name
    python.py single CONVERSIONS OUTPUT
"""
import csv
import hashlib
import re
import sys
import unicodedata
from datetime import datetime

import phonenumbers

HEADER = [
    "Type", "Status", "Id", "Parent Id", "Client Id", "Name", "Conversion Currency Code", "Conversion Name",
    "Conversion Time", "Conversion Value", "Microsoft Click Id", "Hashed Email Address", "Hashed Phone Number",
]
ADDRESS = re.compile(r"[a-z0-9._+'-]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def email_digest(cell):
    text = "".join(cell.split()).lower()
    local, at, domain = text.partition("@")
    local = local.partition("+")[0].replace(".", "")
    if not local.isascii():
        plain = unicodedata.normalize("NFD", local)
        local = unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))
    text = local + at + domain
    return sha256(text) if ADDRESS.fullmatch(text) else ""


def phone_digest(cell, country):
    if not cell:
        return ""
    try:
        number = phonenumbers.parse(cell, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return sha256(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def bulk_time(text):
    t = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return f"{t.month}/{t.day}/{t.year} {t.hour % 12 or 12}:{t.minute:02}:{t.second:02} {'AM' if t.hour < 12 else 'PM'}"


def upload_row(line, name, time, value, currency, email, phone):
    return ["Offline Conversion", "", "", "", f"row-{line}", "", currency, name, bulk_time(time), value, "", email, phone]


def rows(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        yield from csv.reader(file)


def upload(path):
    writer = csv.writer(open(path, "w", newline="", encoding="utf-8-sig"))
    writer.writerow(HEADER)
    writer.writerow(["Format Version", "", "", "", "", "6.0"] + [""] * 7)
    return writer


def semi(contacts, conversions, output):
    converted = list(rows(conversions))
    header = {name: n for n, name in enumerate(converted[0])}
    key = header["Contact ID"]
    wanted = {row[key] for row in converted[1:]}
    people = {}
    reader = rows(contacts)
    columns = {name: n for n, name in enumerate(next(reader))}
    of_key, of_email, of_phone, of_country = (columns[n] for n in ("Contact ID", "Email", "Phone", "Country"))
    for row in reader:
        if row[of_key] in wanted:
            people[row[of_key]] = email_digest(row[of_email]), phone_digest(row[of_phone], row[of_country])
    writer = upload(output)
    fields = [header[f"Conversion {name}"] for name in ("Name", "Time", "Value", "Currency")]
    for line, row in enumerate(converted[1:], 2):
        email, phone = people.get(row[key], ("", ""))
        if email or phone:
            writer.writerow(upload_row(line, *(row[n] for n in fields), email, phone))


def single(conversions, output):
    reader = rows(conversions)
    columns = {name: n for n, name in enumerate(next(reader))}
    fields = [columns[f"Conversion {name}"] for name in ("Name", "Time", "Value", "Currency")]
    of_email, of_phone, of_country = (columns[n] for n in ("Email", "Phone", "Country"))
    writer = upload(output)
    for line, row in enumerate(reader, 2):
        email, phone = email_digest(row[of_email]), phone_digest(row[of_phone], row[of_country])
        if email or phone:
            writer.writerow(upload_row(line, *(row[n] for n in fields), email, phone))


{"semi": semi, "single": single}[sys.argv[1]](*sys.argv[2:])
