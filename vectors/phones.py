#!/usr/bin/env python3
"""Writes phones.tsv: what numbers of all regions must give by the phone rules, decided by Google's plans.

    pip install phonenumbers==9.0.43 && python3 vectors/phones.py

`phonenumbers` is libphonenumber's port to Python and carries Google's own metadata (release 9.0.43, which
libphonenumber-js 1.13.16 was made from). The rules stand here a second time, in another language and over
another library, so that a slip in one of the two is seen. `generate.py` makes vectors of the lines.

Numbers are the examples of their numbering plan.
"""

import pathlib
import re

import phonenumbers as google
from phonenumbers import PhoneMetadata, PhoneNumberFormat, PhoneNumberType

HERE = pathlib.Path(__file__).parent
REGIONS = sorted(google.SUPPORTED_REGIONS)
MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
LONGEST = 1 + 15

# Regions in which the digits behind 00 can be those of a carrier, or 00 is no way out.
CARRIERS = "SG TH KR TW HK JP ID CO NG".split()
# Mobiles that stand without a plus in other countries' files.
ABROAD = "FR US GB TR PL BR IN CN".split()

LABELS = ["Tel. {}", "Mobile: {}", "(T) {}", "{} (mobil)", "{}, office", "M: {}", "Phone No. {}", "gsm {}"]
EXTENSIONS = ["{} ext. 12", "{} (x12)", "{} DW 12", "{} ramal 12", "{};ext=12", "{} #12"]


def read(text, region=None):
    """A valid number, or nothing."""
    try:
        number = google.parse(text, region)
    except google.NumberParseException:
        return None
    valid = google.is_valid_number(number) and len(e164(number)) <= LONGEST
    return number if valid else None


def e164(number):
    return google.format_number(number, PhoneNumberFormat.E164)


def is_mobile(number):
    return google.number_type(number) in MOBILE


def has_one_landline_length(region):
    fixed = PhoneMetadata.metadata_for_region(region).fixed_line
    lengths = [n for n in fixed.possible_length if n > 0]
    if not lengths:
        lengths = PhoneMetadata.metadata_for_region(region).general_desc.possible_length
    return len(lengths) == 1


def is_written_so(number, digits):
    national = google.format_number(number, PhoneNumberFormat.NATIONAL)
    return re.sub(r"\D", "", national) == digits


def without_plus(digits, region):
    """Rule 9, and the case of rule 10 that is open in Mexico."""
    home, abroad = read(digits, region), read("+" + digits)
    if region == "MX" and re.fullmatch(r"1\d{10}", digits) and abroad:
        return "!phone-ambiguous", ""
    if digits.startswith("0") or abroad is None:
        return (e164(home), "") if home else ("!phone-invalid", "")
    own = abroad.country_code == google.country_code_for_region(region)
    if home is None:
        return (e164(abroad), "phone-plus-added") if own else ("!phone-plus-missing", "")
    if e164(home) == e164(abroad):
        return e164(home), ""
    if own:
        if is_mobile(abroad) and google.region_code_for_number(abroad) == region:
            return e164(abroad), "phone-plus-added"
        return "!phone-ambiguous", ""
    landline = google.number_type(home) == PhoneNumberType.FIXED_LINE
    sure = is_mobile(home) or landline and (has_one_landline_length(region) or is_written_so(home, digits))
    return (e164(home), "") if sure else ("!phone-ambiguous", "")


def double_zero(digits, region):
    """Rule 8, of digits that begin with 00."""
    home, abroad = read(digits, region), read("+" + digits[2:])
    if abroad is None:
        return (e164(home), "") if home else ("!phone-invalid", "")
    if home is None:
        return e164(abroad), "phone-double-zero"
    if e164(home) == e164(abroad):
        return e164(home), ""
    if google.region_code_for_number(abroad) == region:
        return e164(abroad), "phone-double-zero"
    return "!phone-ambiguous", ""


def example(region, kind):
    number = google.example_number_for_type(region, kind)
    return number if number and google.is_valid_number(number) else None


def digits_of(number):
    return e164(number)[1:]


def lines():
    """(name, input, country, expected, repair)"""
    mobiles = {region: example(region, PhoneNumberType.MOBILE) for region in REGIONS}
    for place, region in enumerate(REGIONS):
        mobile, landline = mobiles[region], example(region, PhoneNumberType.FIXED_LINE)
        if mobile:
            digits = digits_of(mobile)
            yield "mobile without plus", digits, region, *without_plus(digits, region)
            at_home = google.format_number(mobile, PhoneNumberFormat.NATIONAL)
            label = LABELS[place % len(LABELS)].format(at_home)
            yield "mobile with a label", label, region, e164(mobile), "phone-label"
            extension = EXTENSIONS[place % len(EXTENSIONS)].format(at_home)
            if place % 2:
                yield "mobile with an extension", extension, region, e164(mobile), "phone-extension"
            yield "mobile, 00 for the plus", "00" + digits, region, *double_zero("00" + digits, region)
        if landline:
            digits = digits_of(landline)
            yield "landline without plus", digits, region, *without_plus(digits, region)
            national = google.national_significant_number(landline)
            yield "landline without its prefix", national, region, *without_plus(national, region)
        other = ABROAD[place % len(ABROAD)]
        digits = digits_of(mobiles["FR" if other == region else other])
        yield "foreign mobile without plus", digits, region, *without_plus(digits, region)
        yield "foreign mobile, 00 for the plus", "00" + digits, region, *double_zero("00" + digits, region)
    for region in CARRIERS:
        for other in REGIONS[::7]:
            if mobiles[other] and other != region:
                text = "00" + digits_of(mobiles[other])
                yield f"mobile of {other}, 00 for the plus", text, region, *double_zero(text, region)


def is_open(text, region):
    """Whether the digits are a number at home and another one abroad, or one of the two only."""
    home, abroad = read(text, region), read("+" + text.removeprefix("00"))
    return home is None or abroad is None or e164(home) != e164(abroad)


def main():
    seen, out = set(), []
    for name, text, region, expected, repair in lines():
        # Of the plain cases, in which both readings are one or the second is none, a few suffice.
        plain = repair == "" and expected[0] == "+" and not (read("+" + text.removeprefix("00")) and is_open(text, region))
        if (text, region) not in seen and not (plain and REGIONS.index(region) % 8):
            seen.add((text, region))
            out.append("\t".join([f"{region}: {name}", text, region, expected, repair]) + "\n")
    (HERE / "phones.tsv").write_text("".join(out), encoding="ascii", newline="\n")
    print(f"{len(out)} lines by phonenumbers {google.__version__}")


if __name__ == "__main__":
    main()
