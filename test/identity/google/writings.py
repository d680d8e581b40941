"""Numbers of all regions in 35 writings, for phone-google.real.test.ts.

Prints lines of JSON: writing, region of the file, cell, the number that was written, what Google's own library
(`phonenumbers`, its port to Python, with Google's metadata) reads in that cell, and for numbers without a plus what
the rules of vectors/phones.py give. Numbers are Google's examples with other last digits, valid by Google's plans. The
seed is an argument: the same seed gives the same lines.
"""

import json
import pathlib
import random
import re
import sys

import phonenumbers as google
from phonenumbers import PhoneNumberFormat as Form
from phonenumbers import PhoneNumberType as Type

sys.path.insert(0, str(pathlib.Path(__file__).parents[3] / "vectors"))
from phones import without_plus  # noqa: E402

KINDS = [Type.MOBILE, Type.FIXED_LINE, Type.FIXED_LINE_OR_MOBILE, Type.TOLL_FREE, Type.VOIP]
SHARES = {Type.MOBILE: 6, Type.FIXED_LINE: 5, Type.FIXED_LINE_OR_MOBILE: 3, Type.TOLL_FREE: 1, Type.VOIP: 1}
FULL_WIDTH = str.maketrans("0123456789+-()", "０１２３４５６７８９＋－（）")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def cc(n):
    return str(n.country_code)


def nsn(n):
    return google.national_significant_number(n)


def national(n):
    return google.format_number(n, Form.NATIONAL)


def international(n):
    return google.format_number(n, Form.INTERNATIONAL)


def e164(n):
    return google.format_number(n, Form.E164)


def grouped(n):
    """The national number in the groups of the international form."""
    return re.sub(r"[^\d]+", " ", international(n)[1 + len(cc(n)):]).strip()


# What a person or a program writes of a number of the file's own region.
AT_HOME = {
    "national": national,
    "national, digits alone": lambda n: re.sub(r"\D", "", national(n)),
    "national, dots": lambda n: re.sub(r"[^\d]+", ".", national(n)).strip("."),
    "national, slashes": lambda n: re.sub(r"[^\d]+", "/", national(n), count=1).strip("/"),
    "national, full-width": lambda n: national(n).translate(FULL_WIDTH),
    "national, half-width dash": lambda n: re.sub(r"[^\d]+", "\uff70", national(n)).strip("\uff70"),
    "national, Arabic digits": lambda n: national(n).translate(ARABIC),
    "national, spaces that do not break": lambda n: national(n).replace(" ", "\u00a0"),
    "national, text mark": lambda n: "'" + national(n),
    "national, Tel.": lambda n: "Tel. " + national(n),
    "national, M:": lambda n: "M: " + national(n),
    "national, (mobile)": lambda n: national(n) + " (mobile)",
    "national, ext. 12": lambda n: national(n) + " ext. 12",
    "national, (ext 12)": lambda n: national(n) + " (ext 12)",
    "national, float": lambda n: re.sub(r"\D", "", national(n)) + ".0",
    "without its prefix": nsn,
    "without its prefix, groups": grouped,
    "no plus": lambda n: cc(n) + nsn(n),
    "no plus, groups": lambda n: cc(n) + " " + grouped(n),
    "no plus, float": lambda n: cc(n) + nsn(n) + ".0",
    "00": lambda n: "00" + cc(n) + nsn(n),
    "00, groups": lambda n: "00 " + cc(n) + " " + grouped(n),
}
# What is read alike in the file of any region.
ANYWHERE = {
    "E.164": e164,
    "international": international,
    "international, (0)": lambda n: f"+{cc(n)} (0) {grouped(n)}",
    "tel:": lambda n: google.format_number(n, Form.RFC3966),
    "++": lambda n: "++" + cc(n) + nsn(n),
    "+00": lambda n: "+00" + cc(n) + " " + grouped(n),
    "+ apart": lambda n: "+ " + cc(n) + " " + grouped(n),
    "international, invisible marks": lambda n: "\u202a" + international(n) + "\u202c",
    "international, full-width": lambda n: international(n).translate(FULL_WIDTH),
    "international, Mobile:": lambda n: "Mobile: " + international(n),
}
# What a file of one region holds of numbers of another.
ABROAD = {
    "foreign, +": international,
    "foreign, 00": lambda n: "00" + cc(n) + nsn(n),
    "foreign, no plus": lambda n: cc(n) + nsn(n),
}


def numbers(region, rng, count):
    """Valid numbers of a region: its examples with other last digits."""
    found = []
    kinds = [k for k in KINDS if google.example_number_for_type(region, k)]
    for kind in kinds:
        example = google.example_number_for_type(region, kind)
        text, seen = nsn(example), set()
        for _ in range(60):
            if len(seen) >= SHARES[kind] * count // 12 + 1:
                break
            free = min(rng.choice([2, 3, 4, 5, 6]), len(text) - 2)
            changed = text[: len(text) - free] + "".join(rng.choice("0123456789") for _ in range(free))
            try:
                # As a person in the region writes it: leading zeros of Italian numbers are digits of theirs.
                number = google.parse("+" + cc(example) + changed)
            except google.NumberParseException:
                continue
            if google.is_valid_number_for_region(number, region) and len(e164(number)) <= 16:
                seen.add(e164(number))
        found += sorted(seen)
    rng.shuffle(found)
    return [google.parse(text) for text in found[:count]]


def reads(cell, region):
    try:
        number = google.parse(cell, region)
    except google.NumberParseException:
        return None
    return e164(number) if google.is_valid_number(number) else None


def main(seed, count):
    rng = random.Random(seed)
    regions = sorted(google.SUPPORTED_REGIONS)
    every = {region: numbers(region, rng, count) for region in regions}
    for region in regions:
        for number in every[region]:
            other = rng.choice([each for each in regions if each != region and cc(number) != str(google.country_code_for_region(each))])
            for names, file in ((AT_HOME, region), (ANYWHERE, rng.choice([region, other])), (ABROAD, other)):
                for name, write in names.items():
                    cell = write(number)
                    ruled = without_plus(cell, file)[0] if name == "foreign, no plus" else None
                    row = [name, file, cell, e164(number), reads(cell, file), ruled]
                    sys.stdout.write(json.dumps(row, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
