#!/usr/bin/env python3
"""Writes the test vectors beside this file: what each cell must give, decided by the rules.

    python3 vectors/generate.py           writes the .json files
    python3 vectors/generate.py --check   exit code 1 when one of them is not up to date

The expected text or reason of each vector is written by hand here, or, for the phone rules over all
regions, comes from phones.tsv, which phones.py writes by Google's own plans. Digests come from hashlib,
and nothing here calls the code that is tested. People are made up; phone numbers are reserved for fiction
or are the documentation examples of their numbering plan.
"""

import hashlib
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
MS, GOOGLE, E164, HEX = "microsoft-2026-11", "google-2026-11", "e164-2026-11", "sha256-hex"


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def vector(name, given, rules, expected, country=None, repaired=()):
    """`expected`: the normalized text, "absent", or "!reason"."""
    out = {"name": name, "input": given}
    if country is not None:
        out["country"] = country
    out["rules"] = rules
    if expected == "absent":
        out["expect"] = "absent"
    elif expected.startswith("!"):
        out["expect"] = "refused"
        out["reason"] = expected[1:]
    else:
        out["expect"] = "digest"
        out["normalized"] = expected
        out["sha256"] = sha256(expected)
        out["repaired"] = list(repaired)
    return out


# --- e-mail -----------------------------------------------------------------------------------------

JANE = "jane@contoso.com"
DIGEST = sha256("john@contoso.com")
BASE64 = "7IHzrHsrGWdbq51Uz0Fvnxj/h8l9pcyoLA8IkbxAYCA="

ABSENT = ["", " ", "\t\r\n", "\u00a0", "\u3000\u2003", "\u200b", "\ufeff", "null", "NULL", " Null ",
          "undefined", "NaN", "nan", "None", "n/a", "N/A", "NA", "na", "nil", "(null)", "#N/A", "-",
          "--", ".", "unknown", "UNKNOWN", "Not Provided", "\ufeffnull\u00a0"]

# Steps that both rule sets share: (name, input, expected, repairs).
EMAIL_COMMON = [
    ("plain address", "jane@contoso.com", JANE),
    ("upper case", "JANE@CONTOSO.COM", JANE),
    ("spaces around", "  jane@contoso.com\t", JANE),
    ("line break behind", "jane@contoso.com\r\n", JANE),
    ("no-break space around", "\u00a0jane@contoso.com\u00a0", JANE),
    ("hyphen and subdomains are kept", "jane-doe@mail.shop.example.co.uk",
     "jane-doe@mail.shop.example.co.uk"),
    ("apostrophe is kept", "o'brien@contoso.com", "o'brien@contoso.com"),
    ("underscore is kept", "jane_doe@contoso.com", "jane_doe@contoso.com"),
    ("digits only before the @", "12345678@contoso.com", "12345678@contoso.com"),
    ("all other legal signs before the @", "a!#$%&'*/=?^_`{|}~-b@contoso.com",
     "a!#$%&'*/=?^_`{|}~-b@contoso.com"),
    ("punycode domain", "jane@xn--bcher-kva.example", "jane@xn--bcher-kva.example"),
    ("space inside", "jane @contoso.com", JANE, ["email-space"]),
    ("spaces inside the domain", "jane@ contoso .com", JANE, ["email-space"]),
    ("tab inside", "jane\t@contoso.com", JANE, ["email-space"]),
    ("ideographic space inside", "jane\u3000@contoso.com", JANE, ["email-space"]),
    ("next line (U+0085) inside", "jane\u0085@contoso.com", JANE, ["email-space"]),
    ("narrow no-break space inside", "jane@\u202fcontoso.com", JANE, ["email-space"]),
    ("zero-width space inside", "jane\u200b@contoso.com", JANE, ["email-invisible"]),
    ("zero-width joiner inside", "ja\u200dne@contoso.com", JANE, ["email-invisible"]),
    ("soft hyphen inside", "ja\u00adne@contoso.com", JANE, ["email-invisible"]),
    ("word joiner inside", "jane@contoso\u2060.com", JANE, ["email-invisible"]),
    ("byte order mark in front", "\ufeffjane@contoso.com", JANE, ["email-invisible"]),
    ("bidi embedding around", "\u202ajane@contoso.com\u202c", JANE, ["email-invisible"]),
    ("bidi isolate around", "\u2066jane@contoso.com\u2069", JANE, ["email-invisible"]),
    ("right-to-left mark inside", "jane\u200f@contoso.com", JANE, ["email-invisible"]),
    ("variation selector inside", "jane\ufe0f@contoso.com", JANE, ["email-invisible"]),
    ("tag character inside", "jane\U000e0061@contoso.com", JANE, ["email-invisible"]),
    ("Hangul filler inside", "jane\u3164@contoso.com", JANE, ["email-invisible"]),
    ("invisible and space", "\u200bjane @contoso.com", JANE, ["email-invisible", "email-space"]),
    ("mailto", "mailto:jane@contoso.com", JANE, ["email-wrapper"]),
    ("mailto in capitals, with a space", "MAILTO: Jane@contoso.com", JANE, ["email-wrapper"]),
    ("mailto with a subject", "mailto:jane@contoso.com?subject=Offer&body=Hi", JANE,
     ["email-wrapper"]),
    ("mailto with a copy to somebody else", "mailto:jane@contoso.com?cc=john@contoso.com", JANE,
     ["email-wrapper"]),
    ("mailto with slashes", "mailto://jane@contoso.com", JANE, ["email-wrapper"]),
    ("mailto, @ percent-encoded", "mailto:jane%40contoso.com", JANE, ["email-wrapper"]),
    ("mailto with a broken percent sign", "mailto:jane%zz@contoso.com", "jane%zz@contoso.com",
     ["email-wrapper"]),
    ("percent sign outside mailto stays", "jane%41@contoso.com", "jane%41@contoso.com"),
    ("display name", "Jane Doe <jane@contoso.com>", JANE, ["email-wrapper"]),
    ("display name in quotes with a comma", '"Doe, Jane" <jane@contoso.com>', JANE,
     ["email-wrapper"]),
    ("display name with letters outside ASCII", "Zoë Łuk <jane@contoso.com>", JANE,
     ["email-wrapper"]),
    ("display name is the address", "jane@contoso.com <Jane@contoso.com>", JANE,
     ["email-wrapper"]),
    ("display name is the address, in quotes", "'jane@contoso.com' <jane@contoso.com>", JANE,
     ["email-wrapper"]),
    ("angle brackets alone", "<jane@contoso.com>", JANE, ["email-wrapper"]),
    ("angle brackets twice", "<<jane@contoso.com>>", JANE, ["email-wrapper"]),
    ("display name and mailto", "Jane <mailto:jane@contoso.com>", JANE, ["email-wrapper"]),
    ("mailto and angle brackets", "mailto:<jane@contoso.com>", JANE, ["email-wrapper"]),
    ("double quotes around", '"jane@contoso.com"', JANE, ["email-wrapper"]),
    ("single quotes around", "'jane@contoso.com'", JANE, ["email-wrapper"]),
    ("semicolon behind", "jane@contoso.com;", JANE, ["email-separator"]),
    ("comma and space behind", "jane@contoso.com, ", JANE, ["email-separator"]),
    ("separators on both ends", ";jane@contoso.com;;", JANE, ["email-separator"]),
    ("display name, semicolon behind", "Jane <jane@contoso.com>;", JANE,
     ["email-separator", "email-wrapper"]),
    ("low and high quotes around", "\u201ejane@contoso.com\u201c", JANE, ["email-wrapper"]),
    ("high quotes around", "\u201cjane@contoso.com\u201d", JANE, ["email-wrapper"]),
    ("single high quotes around", "\u2018jane@contoso.com\u2019", JANE, ["email-wrapper"]),
    ("guillemets around", "\u00abjane@contoso.com\u00bb", JANE, ["email-wrapper"]),
    ("guillemets around, with blanks", "\u00ab\u00a0jane@contoso.com\u00a0\u00bb", JANE,
     ["email-wrapper"]),
    ("guillemets the German way", "\u00bbjane@contoso.com\u00ab", JANE, ["email-wrapper"]),
    ("Japanese quotes around", "\u300cjane@contoso.com\u300d", JANE, ["email-wrapper"]),
    ("backquotes around", "`jane@contoso.com`", JANE, ["email-wrapper"]),
    ("round brackets around", "(jane@contoso.com)", JANE, ["email-wrapper"]),
    ("square brackets around", "[jane@contoso.com]", JANE, ["email-wrapper"]),
    ("curly brackets around", "{jane@contoso.com}", JANE, ["email-wrapper"]),
    ("label Email:", "Email: jane@contoso.com", JANE, ["email-wrapper"]),
    ("label E-Mail: in capitals, no space", "E-MAIL:jane@contoso.com", JANE, ["email-wrapper"]),
    ("label Mail:", "Mail: jane@contoso.com", JANE, ["email-wrapper"]),
    ("label of Exchange", "SMTP:Jane@contoso.com", JANE, ["email-wrapper"]),
    ("label and angle brackets", "Email: Jane Doe <jane@contoso.com>", JANE, ["email-wrapper"]),
    ("label without a colon", "Email jane@contoso.com", "!email-name-or-space"),
    ("note behind", "jane@contoso.com (work)", JANE, ["email-wrapper"]),
    ("note behind, no space", "jane@contoso.com(work)", JANE, ["email-wrapper"]),
    ("note of several words behind", "jane@contoso.com (at work, until June)", JANE,
     ["email-wrapper"]),
    ("note in square brackets behind", "jane@contoso.com [private]", JANE, ["email-wrapper"]),
    ("note that is an address", "jane@contoso.com (john@contoso.com)", "!email-more-than-one"),
    ("final dot", "jane@contoso.com.", JANE, ["email-separator"]),
    ("text mark of a spreadsheet", "'jane@contoso.com", JANE, ["email-mark"]),
    ("formula sign of a spreadsheet", "=jane@contoso.com", JANE, ["email-mark"]),
    ("formula of a spreadsheet with quotes", '="jane@contoso.com"', JANE,
     ["email-mark", "email-wrapper"]),
    ("star of a list", "* jane@contoso.com", JANE, ["email-mark"]),
    ("star of a list, no blank", "*jane@contoso.com", JANE, ["email-mark"]),
    ("bullet of a list", "\u2022 jane@contoso.com", JANE, ["email-mark"]),
    ("hyphen of a list", "- jane@contoso.com", JANE, ["email-mark"]),
    ("hyphen of the address", "-jane@contoso.com", "-jane@contoso.com"),
    ("bullet, label and final dot", "\u2022 Email: jane@contoso.com.", JANE,
     ["email-separator", "email-mark", "email-wrapper"]),
    ("one name before, the whole local part", "Jane jane@contoso.com", JANE, ["email-name-before"]),
    ("two names before, written together", "Jane Doe janedoe@contoso.com", "janedoe@contoso.com",
     ["email-name-before"]),
    ("initial and name", "Jane Doe jdoe@contoso.com", "jdoe@contoso.com", ["email-name-before"]),
    ("name and initial", "Jane Doe janed@contoso.com", "janed@contoso.com", ["email-name-before"]),
    ("name before with a comma", "Doe, Jane jane_doe@contoso.com", "jane_doe@contoso.com",
     ["email-name-before"]),
    ("name before with digits in the address", "Jane Doe doe1984@contoso.com",
     "doe1984@contoso.com", ["email-name-before"]),
    ("name before with accents", "J\u00fcrgen Mei\u00dfner jurgen@contoso.com",
     "jurgen@contoso.com", ["email-name-before"]),
    ("name before and a gap at the @", "Jane Doe jane @contoso.com", JANE,
     ["email-name-before", "email-space"]),
    ("name before, tabs between", "Jane\tDoe\tjane@contoso.com", JANE, ["email-name-before"]),
    ("name that is another one's", "John Smith jane@contoso.com", "!email-name-or-space"),
    ("name that is only part of a piece", "Jan jane@contoso.com", "!email-name-or-space"),
    ("words of two letters", "Jo Li jo@contoso.com", "!email-name-or-space"),
    ("name in other letters", "\u7530\u4e2d jane@contoso.com", "!email-name-or-space"),
    ("title before", "Dr. jane@contoso.com", "!email-name-or-space"),
    ("initial with a dot before", "j. doe@contoso.com", "!email-name-or-space"),
    ("four letters and a dot before", "jane. doe@contoso.com", "!email-name-or-space"),
    ("two words before that say nothing", "my mail jane@contoso.com", "!email-name-or-space"),
    ("space between names", "john doe@contoso.com", "!email-name-or-space"),
    ("space inside a name", "ja ne@contoso.com", "!email-name-or-space"),
    ("gap after an underscore", "jane_ doe@contoso.com", "jane_doe@contoso.com", ["email-space"]),
    ("gap before an underscore", "jane _doe@contoso.com", "jane_doe@contoso.com",
     ["email-space"]),
    ("two gaps", "jane _ doe@contoso.com", "!email-name-or-space"),
    ("gap of two blanks", "jane  _doe@contoso.com", "!email-name-or-space"),
    ("gap that is a name too", "jane. _jane@contoso.com", "!email-name-or-space"),
    ("words behind the address", "jane@contoso.com Jane Doe", "!email-name-or-space"),
    ("letter behind the address", "jane@contoso.co m", "!email-name-or-space"),
    ("gap before the last dot", "jane@contoso .com", JANE, ["email-space"]),
    ("gap after the last dot", "jane@contoso. com", JANE, ["email-space"]),
    ("gap before a second top level", "jane@contoso.co .uk", "jane@contoso.co.uk",
     ["email-space"]),
    ("64 hex digits", DIGEST, "!already-hashed"),
    ("64 hex digits in capitals, spaces around", f" {DIGEST.upper()} ", "!already-hashed"),
    ("SHA-256 in base64", BASE64, "!already-hashed"),
    ("SHA-256 in base64 for URLs", BASE64.replace("/", "_"), "!already-hashed"),
    ("63 hex digits are no hash", DIGEST[:-1], "!email-at-sign"),
    ("MD5 is no SHA-256", "0123456789abcdef0123456789abcdef", "!email-at-sign"),
    ("two addresses, semicolon", "jane@contoso.com; john@contoso.com", "!email-more-than-one"),
    ("two addresses, comma", "jane@contoso.com,john@contoso.com", "!email-more-than-one"),
    ("two addresses, space", "jane@contoso.com john@contoso.com", "!email-more-than-one"),
    ("two addresses, line break", "jane@contoso.com\njohn@contoso.com", "!email-more-than-one"),
    ("two addresses, slash", "jane@contoso.com/john@contoso.com", "!email-more-than-one"),
    ("two addresses, bar", "jane@contoso.com|john@contoso.com", "!email-more-than-one"),
    ("two addresses with names", "Jane <jane@contoso.com>, John <john@contoso.com>",
     "!email-more-than-one"),
    ("two addresses in brackets", "<jane@contoso.com>, <john@contoso.com>",
     "!email-more-than-one"),
    ("mailto with two addresses", "mailto:jane@contoso.com,john@contoso.com",
     "!email-more-than-one"),
    ("the same address twice", "jane@contoso.com; jane@contoso.com", "!email-more-than-one"),
    ("three addresses", "a@contoso.com;b@contoso.com;c@contoso.com", "!email-more-than-one"),
    ("name is another address", "john@contoso.com <jane@contoso.com>", "!email-more-than-one"),
    ("no @", "jane.contoso.com", "!email-at-sign"),
    ("a name", "Jane Doe", "!email-at-sign"),
    ("a phone number", "+1 425 555 0123", "!email-at-sign"),
    ("two @ together", "jane@@contoso.com", "!email-at-sign"),
    ("two @ apart", "jane@home@contoso.com", "!email-at-sign"),
    ("@ in a quoted local part", '"jane@home"@contoso.com', "!email-at-sign"),
    ("full-width @", "jane\uff20contoso.com", "!email-at-sign"),
    ("@ written out", "jane at contoso.com", "!email-at-sign"),
    ("nothing before the @", "@contoso.com", "!email-local-empty"),
    ("only invisible before the @", "\u200b@contoso.com", "!email-local-empty"),
    ("empty quotes before the @", '""@contoso.com', "!email-local-empty"),
    ("only the @", "@", "!email-local-empty"),
    ("nothing behind the @", "jane@", "!email-domain-invalid"),
    ("domain without a dot", "jane@localhost", "!email-domain-invalid"),
    ("domain begins with a dot", "jane@.contoso.com", "!email-domain-invalid"),
    ("domain ends with two dots", "jane@contoso.com..", "!email-domain-invalid"),
    ("two dots in the domain", "jane@contoso..com", "!email-domain-invalid"),
    ("domain outside ASCII", "jane@b\u00fccher.example", "!email-domain-not-ascii"),
    ("domain outside ASCII, decomposed", "jane@bu\u0308cher.example", "!email-domain-not-ascii"),
    ("Cyrillic look-alike in the domain", "jane@c\u043entoso.com", "!email-domain-not-ascii"),
    ("full-width dot in the domain", "jane@contoso.co\uff0em", "!email-domain-not-ascii"),
    ("dotted capital I in the domain", "jane@cont\u0130so.com", "!email-domain-not-ascii"),
    ("lone surrogate before the @", "jane\ud800@contoso.com", "!email-not-ascii"),
    ("lone surrogate in the domain", "jane@cont\udfffoso.com", "!email-domain-not-ascii"),
    ("text mark behind a dot", ".'jane@contoso.com", "!email-invalid"),
    ("top-level domain of one letter", "jane@contoso.c", "!email-invalid"),
    ("top-level domain of digits", "jane@contoso.123", "!email-invalid"),
    ("IP address", "jane@192.0.2.1", "!email-invalid"),
    ("IP address in brackets", "jane@[192.0.2.1]", "!email-invalid"),
    ("underscore in the domain", "jane@con_toso.com", "!email-invalid"),
    ("domain label begins with a hyphen", "jane@-contoso.com", "!email-invalid"),
    ("port behind the domain", "jane@contoso.com:25", "!email-invalid"),
    ("comma for a dot", "jane@contoso,com.example", "!email-invalid"),
    ("address literal, with a blank in it", "jane@ [192.0.2.1]", "!email-domain-invalid"),
    ("one quote in front", '"jane@contoso.com', "!email-invalid"),
    ("bracket not closed", "Jane <jane@contoso.com", "!email-invalid"),
    ("NUL inside", "jane\u0000@contoso.com", "!email-invalid"),
    ("local part of 65 characters", "a" * 65 + "@contoso.com", "!email-invalid"),
    ("local part of 64 characters", "a" * 64 + "@contoso.com", "a" * 64 + "@contoso.com"),
    ("domain label of 64 characters", "jane@" + "a" * 64 + ".com", "!email-invalid"),
    ("cell of 5,000 characters", "a" * 5000 + "@contoso.com", "!email-invalid"),
    ("cell of 1,900 opening brackets", "<" * 1900 + JANE, "!email-invalid"),
    ("five layers of brackets", "<" * 5 + JANE + ">" * 5, "!email-invalid"),
]

# Published by Microsoft (john@ and test@ with their digests in the UET and Customer Match pages, the
# others in help article 60178), and the list of step by step cases that follow from its rules.
EMAIL_MICROSOFT = [
    ("published: john@contoso.com", "john@contoso.com", "john@contoso.com"),
    ("published: test@contoso.com", "test@contoso.com", "test@contoso.com"),
    ("published: plus suffix", "name+withplus@outlook.com", "name@outlook.com"),
    ("published: dots", "ex.ample@outlook.com", "example@outlook.com"),
    ("spaces around and capitals", "  John@Contoso.com ", "john@contoso.com"),
    ("dots, two suffixes, capitals", "J.o.h.n+news+x@Contoso.COM", "john@contoso.com"),
    ("dot in front", ".john@contoso.com", "john@contoso.com"),
    ("dot before the @", "john.@contoso.com", "john@contoso.com"),
    ("two dots together", "jo..hn@contoso.com", "john@contoso.com"),
    ("gap before a dot", "john .doe@contoso.com", "johndoe@contoso.com", ["email-space"]),
    ("gap after a name and a dot", "martin. doe@contoso.com", "martindoe@contoso.com",
     ["email-space"]),
    ("gap before the suffix", "john +news@contoso.com", "john@contoso.com", ["email-space"]),
    ("gap after the plus", "john+ news@contoso.com", "john@contoso.com", ["email-space"]),
    ("name before, dots", "John Doe john.doe@contoso.com", "johndoe@contoso.com",
     ["email-name-before"]),
    ("name before, suffix", "John Doe john.doe+crm@contoso.com", "johndoe@contoso.com",
     ["email-name-before"]),
    ("accents", "jan\u00e9.d\u00f2e@contoso.com", "janedoe@contoso.com"),
    ("umlaut", "J\u00fcrgen@contoso.de", "jurgen@contoso.de"),
    ("accent, decomposed", "jane\u0301@contoso.com", JANE),
    ("two marks on one letter", "tr\u1ea7n@contoso.com", "tran@contoso.com"),
    ("cedilla, tilde, ring", "\u00e7a\u00f1\u00e5@contoso.com", "cana@contoso.com"),
    ("capital with accent", "\u00c9mile@contoso.com", "emile@contoso.com"),
    ("dotted capital I", "\u0130rmak@contoso.com", "irmak@contoso.com"),
    ("capital I is i in every locale", "IRMAK.TITLE@contoso.com", "irmaktitle@contoso.com"),
    ("accent in the suffix only", "jane+\u00fc@contoso.com", JANE),
    ("letter outside ASCII in the suffix only", "jane+\u00df@contoso.com", JANE),
    ("yahoo loses its dots", "jane.doe40@yahoo.com", "janedoe40@yahoo.com"),
    ("gmail loses its dots", "jane.doe@gmail.com", "janedoe@gmail.com"),
    ("googlemail stays googlemail", "jane.doe@googlemail.com", "janedoe@googlemail.com"),
    ("dots of the domain stay", "first.last@mail.example.co.uk", "firstlast@mail.example.co.uk"),
    ("suffix without letters", "test+1@example.com", "test@example.com"),
    ("plus right before the @", "name+@contoso.com", "name@contoso.com"),
    ("suffix with a dot", "jane+a.b@contoso.com", JANE),
    ("plus before a dot", "jane.+x@contoso.com", JANE),
    ("mailto, plus percent-encoded", "mailto:jane%2Bnews@contoso.com", JANE, ["email-wrapper"]),
    ("quoted local part", '"jane.doe"@contoso.com', '"janedoe"@contoso.com'),
    ("quoted local part with a plus", '"jane+x"@contoso.com', "!email-invalid"),
    ("suffix makes the local part short enough", "jane+" + "a" * 100 + "@contoso.com", JANE),
    ("only a suffix before the @", "+news@contoso.com", "!email-local-empty"),
    ("only dots before the @", "...@contoso.com", "!email-local-empty"),
    ("only a combining mark before the @", "\u0301@contoso.com", "!email-local-empty"),
]

# Without a base letter there is no rule for them at Microsoft; Google hashes them as they stand.
EMAIL_MICROSOFT += [
    ("sharp s", "stra\u00dfe@contoso.com", "!email-not-ascii"),
    ("o with stroke", "s\u00f8ren@contoso.com", "!email-not-ascii"),
    ("l with stroke", "micha\u0142@contoso.com", "!email-not-ascii"),
    ("dotless i", "\u0131rmak@contoso.com", "!email-not-ascii"),
    ("full-width letters", "\uff4aane@contoso.com", "!email-not-ascii"),
    ("Cyrillic letters", "\u0438\u0432\u0430\u043d@contoso.com", "!email-not-ascii"),
    ("Cyrillic look-alike before the @", "j\u0430ne@contoso.com", "!email-not-ascii"),
    ("Japanese letters", "\u592a\u90ce@contoso.com", "!email-not-ascii"),
    ("an emoji", "jane\U0001f600@contoso.com", "!email-not-ascii"),
]

EMAIL_GOOGLE = [
    ("published: suffix stays outside gmail", "user.name+NYC@Example.com",
     "user.name+nyc@example.com"),
    ("dots stay outside gmail", "jane.doe@contoso.com", "jane.doe@contoso.com"),
    ("outlook keeps dots and suffix", "john.doe+tag@outlook.com", "john.doe+tag@outlook.com"),
    ("gmail loses its dots", "Jane.Doe@gmail.com", "janedoe@gmail.com"),
    ("gmail loses its suffix", "jane.doe+shop@gmail.com", "janedoe@gmail.com"),
    ("googlemail loses both and stays googlemail", "j.ane+x@GoogleMail.com",
     "jane@googlemail.com"),
    ("gmail.com.br is not gmail", "jane.doe+x@gmail.com.br", "jane.doe+x@gmail.com.br"),
    ("notgmail.com is not gmail", "jane.doe@notgmail.com", "jane.doe@notgmail.com"),
    ("mail.gmail.com is not gmail", "jane.doe@mail.gmail.com", "jane.doe@mail.gmail.com"),
    ("gmail with a space behind", "jane.doe@gmail.com ", "janedoe@gmail.com"),
    ("gmail with a space inside", "jane.doe@gmail .com", "janedoe@gmail.com", ["email-space"]),
    ("plus right before the @ stays", "jane+@contoso.com", "jane+@contoso.com"),
    ("only a suffix, gmail", "+news@gmail.com", "!email-local-empty"),
    ("only a suffix, elsewhere", "+news@contoso.com", "+news@contoso.com"),
    ("two dots together, as Japanese carriers give out", "jo..hn@docomo.ne.jp",
     "jo..hn@docomo.ne.jp"),
    ("dot in front", ".john@contoso.com", ".john@contoso.com"),
    ("dot before the @, as Japanese carriers give out", "taro.@ezweb.ne.jp", "taro.@ezweb.ne.jp"),
    ("two dots together, gmail", "jo..hn@gmail.com", "john@gmail.com"),
    ("only dots before the @", "...@contoso.com", "!email-local-empty"),
    ("only dots before the @, gmail", "...@gmail.com", "!email-local-empty"),
    ("accents stay", "jan\u00e9@contoso.com", "jan\u00e9@contoso.com"),
    ("accents in capitals", "JAN\u00c9@contoso.com", "jan\u00e9@contoso.com"),
    ("accents, decomposed, are composed", "jane\u0301@contoso.com", "jan\u00e9@contoso.com"),
    ("accents at gmail", "jan\u00e9.d@gmail.com", "jan\u00e9d@gmail.com"),
    ("accent in the suffix stays", "jane+\u00fc@contoso.com", "jane+\u00fc@contoso.com"),
    ("accent in the suffix, gmail", "jane+\u00fc@gmail.com", "jane@gmail.com"),
    ("sharp s stays", "stra\u00dfe@contoso.com", "stra\u00dfe@contoso.com"),
    ("o with stroke stays", "s\u00f8ren@contoso.com", "s\u00f8ren@contoso.com"),
    ("Cyrillic letters stay", "\u0438\u0432\u0430\u043d@contoso.com",
     "\u0438\u0432\u0430\u043d@contoso.com"),
    ("Japanese letters stay", "\u592a\u90ce@contoso.com", "\u592a\u90ce@contoso.com"),
    ("an emoji is no letter", "jane\U0001f600@contoso.com", "!email-invalid"),
    ("gap before a dot", "john .doe@contoso.com", "john.doe@contoso.com", ["email-space"]),
    ("name before, dots", "John Doe john.doe@contoso.com", "john.doe@contoso.com",
     ["email-name-before"]),
    ("name before, gmail", "John Doe john.doe+crm@gmail.com", "johndoe@gmail.com",
     ["email-name-before"]),
    ("mailto, plus percent-encoded", "mailto:jane%2Bnews@contoso.com", "jane+news@contoso.com",
     ["email-wrapper"]),
    ("suffix makes the local part too long", "jane+" + "a" * 100 + "@contoso.com",
     "!email-invalid"),
]


def emails(rules, own):
    out = [vector(f"empty marker {json.dumps(text)}", text, rules, "absent") for text in ABSENT]
    for name, given, expected, *repaired in EMAIL_COMMON + own:
        out.append(vector(name, given, rules, expected, repaired=repaired[0] if repaired else ()))
    return out


# --- phone ------------------------------------------------------------------------------------------

# (region, alpha-3, English name, number as written at home, E.164)
AT_HOME = [
    ("US", "USA", "United States", "(425) 555-0123", "+14255550123"),
    ("US", "USA", "U.S.A.", "1-425-555-0123", "+14255550123"),
    ("US", "USA", "United States of America", "425.555.0123", "+14255550123"),
    ("CA", "CAN", "Canada", "604-555-0123", "+16045550123"),
    ("GB", "GBR", "United Kingdom", "020 7946 0958", "+442079460958"),
    ("GB", "GBR", "UK", "07400 123456", "+447400123456"),
    ("GB", "GBR", "England", "(0161) 496 0123", "+441614960123"),
    ("GB", "GBR", "Scotland", "0131 496 0123", "+441314960123"),
    ("FR", "FRA", "France", "01 99 00 12 34", "+33199001234"),
    ("FR", "FRA", "France", "06.12.34.56.78", "+33612345678"),
    ("DE", "DEU", "Germany", "030 23125-123", "+493023125123"),
    ("DE", "DEU", "Germany", "0171/3920012", "+491713920012"),
    ("AT", "AUT", "Austria", "01 234567890", "+431234567890"),
    ("CH", "CHE", "Switzerland", "021 234 56 78", "+41212345678"),
    ("IT", "ITA", "Italy", "02 1234 5678", "+390212345678"),
    ("IT", "ITA", "Italy", "312 345 6789", "+393123456789"),
    ("ES", "ESP", "Spain", "612 34 56 78", "+34612345678"),
    ("PT", "PRT", "Portugal", "912 345 678", "+351912345678"),
    ("NL", "NLD", "Holland", "06 12345678", "+31612345678"),
    ("BE", "BEL", "Belgium", "0470 12 34 56", "+32470123456"),
    ("LU", "LUX", "Luxembourg", "628 123 456", "+352628123456"),
    ("IE", "IRL", "Republic of Ireland", "085 012 3456", "+353850123456"),
    ("DK", "DNK", "Denmark", "32 12 34 56", "+4532123456"),
    ("SE", "SWE", "Sweden", "08-465 004 12", "+46846500412"),
    ("NO", "NOR", "Norway", "406 12 345", "+4740612345"),
    ("FI", "FIN", "Finland", "041 2345678", "+358412345678"),
    ("PL", "POL", "Poland", "512 345 678", "+48512345678"),
    ("CZ", "CZE", "Czech Republic", "601 123 456", "+420601123456"),
    ("HU", "HUN", "Hungary", "06 20 123 4567", "+36201234567"),
    ("RO", "ROU", "Romania", "0712 034 567", "+40712034567"),
    ("GR", "GRC", "Greece", "691 234 5678", "+306912345678"),
    ("RU", "RUS", "Russia", "8 (912) 345-67-89", "+79123456789"),
    ("UA", "UKR", "Ukraine", "050 123 4567", "+380501234567"),
    ("TR", "TUR", "Turkey", "0501 234 56 78", "+905012345678"),
    ("IL", "ISR", "Israel", "050-234-5678", "+972502345678"),
    ("AE", "ARE", "UAE", "050 123 4567", "+971501234567"),
    ("SA", "SAU", "Saudi Arabia", "051 234 5678", "+966512345678"),
    ("EG", "EGY", "Egypt", "0100 123 4567", "+201001234567"),
    ("ZA", "ZAF", "South Africa", "071 123 4567", "+27711234567"),
    ("NG", "NGA", "Nigeria", "0802 123 4567", "+2348021234567"),
    ("KE", "KEN", "Kenya", "0712 123456", "+254712123456"),
    ("NA", "NAM", "Namibia", "081 123 4567", "+264811234567"),
    ("IN", "IND", "India", "081234 56789", "+918123456789"),
    ("JP", "JPN", "Japan", "03-1234-5678", "+81312345678"),
    ("JP", "JPN", "Japan", "090-1234-5678", "+819012345678"),
    ("KR", "KOR", "South Korea", "010-2000-0000", "+821020000000"),
    ("CN", "CHN", "China", "131 2345 6789", "+8613123456789"),
    ("HK", "HKG", "Hong Kong", "5123 4567", "+85251234567"),
    ("TW", "TWN", "Taiwan", "0912 345 678", "+886912345678"),
    ("SG", "SGP", "Singapore", "8123 4567", "+6581234567"),
    ("MY", "MYS", "Malaysia", "012-345 6789", "+60123456789"),
    ("TH", "THA", "Thailand", "081 234 5678", "+66812345678"),
    ("VN", "VNM", "Viet Nam", "091 234 56 78", "+84912345678"),
    ("PH", "PHL", "Philippines", "0905 123 4567", "+639051234567"),
    ("ID", "IDN", "Indonesia", "0812-345-678", "+62812345678"),
    ("AU", "AUS", "Australia", "(02) 5550 1234", "+61255501234"),
    ("AU", "AUS", "Australia", "0491 570 156", "+61491570156"),
    ("NZ", "NZL", "New Zealand", "021 123 4567", "+64211234567"),
    ("BR", "BRA", "Brazil", "(11) 96123-4567", "+5511961234567"),
    ("MX", "MEX", "Mexico", "222 123 4567", "+522221234567"),
    ("AR", "ARG", "Argentina", "011 15-2345-6789", "+5491123456789"),
    ("CO", "COL", "Colombia", "321 1234567", "+573211234567"),
]

US = "+14255550123"

# (name, input, country, expected, repairs)
PHONE = [
    ("published: +14255551234", "+14255551234", None, "+14255551234"),
    ("listed: +442071838750", "+442071838750", None, "+442071838750"),
    ("listed: +491711234567", "+491711234567", None, "+491711234567"),
    ("listed: +81312345678", "+81312345678", None, "+81312345678"),
    ("listed: +33612345678", "+33612345678", None, "+33612345678"),
    ("listed: +12025550123", "+12025550123", None, "+12025550123"),
    # 1 absent
    ("only zeros", "0000000000", "US", "absent"),
    ("one zero", "0", "US", "absent"),
    ("zero of a number column", "0.0", "US", "absent"),
    ("only nines with punctuation", "(999) 999-9999", "US", "absent"),
    ("only ones with a plus", "+1 111 111 1111", None, "absent"),
    ("only full-width zeros", "\uff10" * 10, "JP", "absent"),
    ("only zeros behind a text mark", "'0000000000", "US", "absent"),
    ("64 zeros are absent before they are a hash", "0" * 64, "US", "absent"),
    ("only zeros behind a label", "Tel.: 000 000 0000", "US", "absent"),
    # 2 already hashed
    ("64 hex digits", DIGEST, "US", "!already-hashed"),
    ("64 decimal digits", "1234567890" * 6 + "1234", "US", "!already-hashed"),
    ("64 hex digits in capitals", f"{DIGEST.upper()}\n", None, "!already-hashed"),
    ("SHA-256 in base64", BASE64, "US", "!already-hashed"),
    # 3 digits, invisible characters, text mark, tel:
    ("full-width", "\uff0b\uff18\uff11\uff08\uff10\uff13\uff09\uff11\uff12\uff13\uff14\uff0d"
     "\uff15\uff16\uff17\uff18", None, "+81312345678", ["phone-digits"]),
    ("full-width at home, ideographic space", "\uff10\uff13\u3000\uff11\uff12\uff13\uff14\u3000"
     "\uff15\uff16\uff17\uff18", "JP", "+81312345678", ["phone-digits"]),
    ("Arabic-Indic digits", "\u0660\u0661\u0660\u0660 \u0661\u0662\u0663 \u0664\u0665\u0666\u0667",
     "EG", "+201001234567", ["phone-digits"]),
    ("extended Arabic-Indic digits", "+\u06f1 \u06f4\u06f2\u06f5 \u06f5\u06f5\u06f5 "
     "\u06f0\u06f1\u06f2\u06f3", None, US, ["phone-digits"]),
    ("Devanagari digits", "\u0966\u096e\u0967\u0968\u0969\u096a \u096b\u096c\u096d\u096e\u096f",
     "IN", "+918123456789", ["phone-digits"]),
    ("mathematical bold digits", "+1" + "".join(chr(0x1d7ce + int(d)) for d in "4255550123"),
     None, US, ["phone-digits"]),
    ("katakana prolonged sound mark for a dash", "03\u30fc1234\u30fc5678", "JP", "+81312345678"),
    ("half-width prolonged sound mark for a dash", "03\uff701234\uff705678", "JP",
     "+81312345678"),
    ("wave dashes", "03\u301c1234\u301c5678", "JP", "+81312345678"),
    ("horizontal bars", "425\u2015555\u20150123", "US", US),
    ("bidi embedding around", "\u202a+1 425 555 0123\u202c", None, US, ["phone-invisible"]),
    ("left-to-right mark in front", "\u200e(425) 555-0123", "US", US, ["phone-invisible"]),
    ("zero-width space inside", "425\u200b555\u200b0123", "US", US, ["phone-invisible"]),
    ("soft hyphen inside", "425\u00ad555\u00ad0123", "US", US, ["phone-invisible"]),
    ("byte order mark in front", "\ufeff4255550123", "US", US, ["phone-invisible"]),
    ("word joiners inside", "+1\u2060425\u20605550123", None, US, ["phone-invisible"]),
    ("text mark", "'4255550123", "US", US, ["phone-text-mark"]),
    ("text mark and plus", "'+14255550123", None, US, ["phone-text-mark"]),
    ("tel:", "tel:+1-425-555-0123", None, US, ["phone-tel"]),
    ("TEL: with a space", "TEL: 425-555-0123", "US", US, ["phone-tel"]),
    ("text mark, then tel:", "'tel:+14255550123", None, US, ["phone-text-mark", "phone-tel"]),
    ("tel: with ;ext=", "tel:+1-425-555-0123;ext=12", None, US, ["phone-tel", "phone-extension"]),
    ("tel: with a phone-context", "tel:425-555-0123;phone-context=+1", None, US, ["phone-tel"]),
    ("tel: with an ISDN subaddress", "tel:+14255550123;isub=1411", None, US, ["phone-tel"]),
    ("tel: and nothing", "tel:", "US", "!phone-invalid"),
    ("formula sign", "=+14255550123", None, US, ["phone-text-mark"]),
    ("formula with quotes", '="4255550123"', "US", US, ["phone-text-mark"]),
    ("sip:", "sip:+14255550123", None, US, ["phone-tel"]),
    ("skype:", "skype:+14255550123", None, US, ["phone-tel"]),
    ("callto:", "callto:+14255550123", None, US, ["phone-tel"]),
    ("whatsapp: of a messaging service", "whatsapp:+14255550123", None, US, ["phone-tel"]),
    ("sip: with a host", "sip:+14255550123@contoso.com", None, "!phone-letters"),
    ("two plus signs", "++14255550123", None, US, ["phone-double-plus"]),
    ("two plus signs with a blank", "+ +1 425 555 0123", None, US, ["phone-double-plus"]),
    ("plus and 00", "+001 425 555 0123", None, US, ["phone-double-plus"]),
    ("plus, blank and 00", "+ 00 49 30 23125123", None, "+493023125123", ["phone-double-plus"]),
    ("plus and 00 in brackets", "(+0049) 30 23125123", None, "+493023125123",
     ["phone-double-plus"]),
    ("spaces around", "  425 555 0123 ", "US", US),
    ("no-break spaces", "425\u00a0555\u00a00123", "US", US),
    ("narrow no-break spaces", "01\u202f99\u202f00\u202f12\u202f34", "FR", "+33199001234"),
    ("thin spaces", "01\u200999\u200900\u200912\u200934", "FR", "+33199001234"),
    ("tab inside", "425\t555\t0123", "US", US),
    ("en dashes", "425\u2013555\u20130123", "US", US),
    ("non-breaking hyphens", "425\u2011555\u20110123", "US", US),
    ("minus signs", "425\u2212555\u22120123", "US", US),
    ("square brackets", "[425] 555 0123", "US", US),
    ("semicolon behind", "4255550123;", "US", US),
    # 4 spreadsheet damage
    ("scientific notation", "4.15555E+09", "US", "!phone-spreadsheet-damaged"),
    ("scientific notation, lower case", "4.42079e+11", "GB", "!phone-spreadsheet-damaged"),
    ("scientific notation, decimal comma", "4,93023E+11", "DE", "!phone-spreadsheet-damaged"),
    ("scientific notation, no decimals", "4E+09", "US", "!phone-spreadsheet-damaged"),
    ("scientific notation, plus in front", "+1.42556E+10", None, "!phone-spreadsheet-damaged"),
    ("scientific notation, no sign in the exponent", "4.255550123E9", "US",
     "!phone-spreadsheet-damaged"),
    ("scientific notation behind a text mark", "'4.15555E+09", "US", "!phone-spreadsheet-damaged"),
    ("number column read as float", "4255550123.0", "US", US, ["phone-float"]),
    ("float with country code", "14255550123.0", "US", US, ["phone-float"]),
    ("float that lost its leading zero", "7400123456.0", "GB", "+447400123456", ["phone-float"]),
    ("float with plus", "+14255550123.0", None, US, ["phone-float"]),
    ("two decimals are not read as float", "4255550123.00", "US", "!phone-invalid"),
    # 5 more than one
    ("two numbers, slash", "4255550123 / 4255550124", "US", "!phone-more-than-one"),
    ("two numbers, slash, no spaces", "425-555-0123/425-555-0124", "US", "!phone-more-than-one"),
    ("two numbers, semicolon", "4255550123;4255550124", "US", "!phone-more-than-one"),
    ("two numbers, comma", "425-555-0123, 425-555-0124", "US", "!phone-more-than-one"),
    ("two numbers, bar", "4255550123|4255550124", "US", "!phone-more-than-one"),
    ("two numbers, ampersand", "4255550123 & 4255550124", "US", "!phone-more-than-one"),
    ("two numbers, or", "4255550123 or 4255550124", "US", "!phone-more-than-one"),
    ("two numbers, and", "425-555-0123 AND 425-555-0124", "US", "!phone-more-than-one"),
    ("two numbers, oder", "030 23125123 oder 0171 3920012", "DE", "!phone-more-than-one"),
    ("two numbers, line break", "4255550123\n4255550124", "US", "!phone-more-than-one"),
    ("two numbers, space", "4255550123 4255550124", "US", "!phone-more-than-one"),
    ("two numbers, dash with spaces", "425 555 0123 - 425 555 0124", "US",
     "!phone-more-than-one"),
    ("two numbers, each with plus", "+14255550123 +14255550124", None, "!phone-more-than-one"),
    ("two numbers with labels", "home 4255550123; mobile 4255550124", "US",
     "!phone-more-than-one"),
    ("slash inside one number", "0711/1234567", "DE", "+497111234567"),
    ("slash inside one number, country code", "+49 711/1234567", None, "+497111234567"),
    # 6 letters
    ("vanity number", "1-800-FLOWERS", "US", "!phone-letters"),
    ("vanity number, digits too", "1-425-555-CALL", "US", "!phone-letters"),
    ("label in brackets behind", "425-555-0123 (home)", "US", US, ["phone-label"]),
    ("label behind a comma", "425-555-0123, office", "US", US, ["phone-label"]),
    ("label behind a dash", "425-555-0123 - Mobile", "US", US, ["phone-label"]),
    ("label behind a blank", "425-555-0123 cell", "US", US, ["phone-label"]),
    ("single letter in brackets behind", "425-555-0123 (m)", "US", US, ["phone-label"]),
    ("single letter behind", "425-555-0123 m", "US", "!phone-letters"),
    ("two labels behind", "425-555-0123 mobile private", "US", "!phone-letters"),
    ("label before and behind", "Tel. 425-555-0123 (work)", "US", US, ["phone-label"]),
    ("label in front", "Mobile: 425-555-0123", "US", US, ["phone-label"]),
    ("label in front, abbreviated", "Tel. 425-555-0123", "US", US, ["phone-label"]),
    ("label and the word number", "Phone No. 425-555-0123", "US", US, ["phone-label"]),
    ("label and a hash sign", "Phone # 425-555-0123", "US", US, ["phone-label"]),
    ("label in brackets in front", "(Tel) 425-555-0123", "US", US, ["phone-label"]),
    ("number in brackets with its label", "(Tel. 425-555-0123)", "US", US, ["phone-label"]),
    ("three labels", "Tel. mobile private: 425-555-0123", "US", US, ["phone-label"]),
    ("four labels", "Tel. mobile private home: 425-555-0123", "US", "!phone-letters"),
    ("single letter and a dot", "T. 425-555-0123", "US", US, ["phone-label"]),
    ("single letter and a colon", "M: 425-555-0123", "US", US, ["phone-label"]),
    ("single letter and a blank", "c 425-555-0123", "US", US, ["phone-label"]),
    ("single letter and a plus", "T+1 425 555 0123", None, US, ["phone-label"]),
    ("single letter in brackets in front", "(h) 425-555-0123", "US", US, ["phone-label"]),
    ("single letter and a digit", "T425-555-0123", "US", "!phone-letters"),
    ("single letter of no label", "F 425-555-0123", "US", "!phone-letters"),
    ("label glued to the digits", "Tel425-555-0123", "US", "!phone-letters"),
    ("label glued behind", "425-555-0123home", "US", "!phone-letters"),
    ("word of no label", "Reception: 425-555-0123", "US", "!phone-letters"),
    ("the word number alone", "No. 425-555-0123", "US", "!phone-letters"),
    ("German label", "Tel.-Nr.: 030 23125123", "DE", "+493023125123", ["phone-label"]),
    ("German label with an umlaut", "B\u00fcro 030 23125123", "DE", "+493023125123",
     ["phone-label"]),
    ("German label, decomposed", "Gescha\u0308ftlich: 030 23125123", "DE", "+493023125123",
     ["phone-label"]),
    ("German label of two words", "Handy (privat) 0171 3920012", "DE", "+491713920012",
     ["phone-label"]),
    ("Swiss label", "Natel 079 234 56 78", "CH", "+41792345678", ["phone-label"]),
    ("French label", "Portable : 06 12 34 56 78", "FR", "+33612345678", ["phone-label"]),
    ("French label behind", "06 12 34 56 78 (priv\u00e9)", "FR", "+33612345678", ["phone-label"]),
    ("Spanish label", "M\u00f3vil: 612 34 56 78", "ES", "+34612345678", ["phone-label"]),
    ("Spanish label with a number sign", "Tel. N\u00ba 612 34 56 78", "ES", "+34612345678",
     ["phone-label"]),
    ("Italian label", "Cellulare 312 345 6789", "IT", "+393123456789", ["phone-label"]),
    ("Portuguese label", "Telem\u00f3vel: 912 345 678", "PT", "+351912345678", ["phone-label"]),
    ("Dutch label", "Mobiel: 06 12345678", "NL", "+31612345678", ["phone-label"]),
    ("Danish label", "Tlf. 32 12 34 56", "DK", "+4532123456", ["phone-label"]),
    ("Japanese label, full-width colon", "\u96fb\u8a71\uff1a03-1234-5678", "JP", "+81312345678",
     ["phone-digits", "phone-label"]),
    ("Japanese mobile label", "\u643a\u5e2f 090-1234-5678", "JP", "+819012345678", ["phone-label"]),
    ("Japanese label glued to the digits", "\u96fb\u8a7103-1234-5678", "JP", "!phone-letters"),
    ("label behind a toll-free number", "800-234-5678 home", "US", "!phone-letters"),
    ("label before a toll-free number", "Tel. 800-234-5678", "US", "+18002345678",
     ["phone-label"]),
    ("digits written as a word that is a label", "1-800-555-CELL", "US", "!phone-letters"),
    ("label and extension", "Office: 425-555-0123 ext. 12", "US", US,
     ["phone-extension", "phone-label"]),
    ("label with ++", "Tel. ++49 30 23125123", None, "+493023125123",
     ["phone-label", "phone-double-plus"]),
    ("fax", "Fax 425-555-0123", "US", "!phone-fax"),
    ("fax behind", "425-555-0123 (FAX)", "US", "!phone-fax"),
    ("telefax", "Telefax: 030 23125123", "DE", "!phone-fax"),
    ("phone and fax in one", "Tel./Fax 030 23125123", "DE", "!phone-fax"),
    ("phone and fax, two numbers", "Tel. 030 23125123, Fax 030 23125124", "DE",
     "!phone-more-than-one"),
    ("an e-mail address", "jane@contoso.com", "US", "!phone-letters"),
    ("words", "call me", "US", "!phone-letters"),
    ("Cyrillic letters", "\u0442\u0435\u043b 8 912 345 67 89", "RU", "!phone-letters"),
    ("letter O for zero", "425-555-O123", "US", "!phone-letters"),
    # 7 region
    ("no country", "425-555-0123", None, "!phone-no-country"),
    ("no country, digits with country code", "14255550123", None, "!phone-no-country"),
    ("absent country cell", "425-555-0123", "", "!phone-no-country"),
    ("country cell n/a", "425-555-0123", "n/a", "!phone-no-country"),
    ("country not known", "425-555-0123", "Narnia", "!phone-country-unknown"),
    ("country is a dialling code", "425-555-0123", "+1", "!phone-country-unknown"),
    ("country without a numbering plan here", "425-555-0123", "AQ", "!phone-country-unknown"),
    ("country not known, number has a plus", "+14255550123", "Narnia", US),
    ("country in lower case", "425-555-0123", "us", US),
    ("country with accents left out", "01 23 45 67 89", "Cote d'Ivoire", "+2250123456789"),
    ("country with accents", "01 23 45 67 89", "C\u00f4te d\u2019Ivoire", "+2250123456789"),
    ("NA is Namibia, not an empty marker", "061 221 234", "NA", "+26461221234"),
    ("plus wins over the country", "+44 20 7946 0958", "US", "+442079460958"),
    ("plus in parentheses", "(+44) 20 7946 0958", None, "+442079460958"),
    ("number of a neighbour with the same code", "604 555 0123", "US", "+16045550123"),
    ("country code without plus, at home", "442079460958", "GB", "+442079460958"),
    ("country code without plus, abroad", "442079460958", "US", "!phone-plus-missing"),
    ("country in German", "030 23125123", "Deutschland", "+493023125123"),
    ("country in German without umlauts", "01 234567890", "Oesterreich", "+431234567890"),
    ("country in French", "030 23125123", "Allemagne", "+493023125123"),
    ("country in Spanish", "030 23125123", "Alemania", "+493023125123"),
    ("country in Italian", "030 23125123", "Germania", "+493023125123"),
    ("country in Portuguese", "030 23125123", "Alemanha", "+493023125123"),
    ("country in Dutch", "030 23125123", "Duitsland", "+493023125123"),
    ("country in Japanese", "03-1234-5678", "\u65e5\u672c", "+81312345678"),
    ("country in its own language", "512 345 678", "Polska", "+48512345678"),
    ("country in its own letters", "691 234 5678", "\u0395\u03bb\u03bb\u03ac\u03b4\u03b1",
     "+306912345678"),
    ("country of the hand-made list", "030 23125123", "BRD", "+493023125123"),
    ("country with sharp s", "020 7946 0958", "Gro\u00dfbritannien", "+442079460958"),
    ("country with ss", "020 7946 0958", "Grossbritannien", "+442079460958"),
    ("country with its code in brackets", "030 23125123", "Germany (DE)", "+493023125123"),
    ("country with its code in front", "030 23125123", "DE - Germany", "+493023125123"),
    ("country with another one's code", "030 23125123", "Germany (FR)",
     "!phone-country-unknown"),
    ("name of two countries", "06 612 34 56", "Congo", "!phone-country-unknown"),
    ("two letters that are no code", "691 234 5678", "EL", "!phone-country-unknown"),
    ("San Marino through Italy's area code", "0549 886377", "SM", "+3780549886377"),
    ("international freephone", "+800 1234 5678", None, "+80012345678"),
    # 8 double zero, (0)
    ("00 where 011 is dialled", "001 425 555 0123", "US", US, ["phone-double-zero"]),
    ("00 abroad from the US", "00442079460958", "US", "+442079460958", ["phone-double-zero"]),
    ("00 without a country", "0049 30 23125123", None, "+493023125123", ["phone-double-zero"]),
    ("00 in parentheses", "(00) 44 20 7946 0958", None, "+442079460958", ["phone-double-zero"]),
    ("00 is the way out of the country", "0049 30 23125123", "FR", "+493023125123"),
    ("00 in Japan, where 010 is dialled", "00 1 425 555 0123", "JP", US, ["phone-double-zero"]),
    ("011 from the US", "011 44 20 7946 0958", "US", "+442079460958"),
    ("0011 from Australia", "0011 44 20 7946 0958", "AU", "+442079460958"),
    ("00 and an invalid number", "00 12", "US", "!phone-invalid"),
    ("00 without a country, invalid", "00999123456", None, "!phone-invalid"),
    ("(0) behind the country code", "+44 (0)20 7946 0958", None, "+442079460958"),
    ("(0) with spaces", "+49 (0) 30 23125123", None, "+493023125123"),
    ("(0) behind 00", "0044 (0)20 7946 0958", None, "+442079460958", ["phone-double-zero"]),
    ("Italian zero stays", "+39 02 1234 5678", None, "+390212345678"),
    ("Italian zero stays in brackets", "+39 (0)2 1234 5678", None, "+390212345678"),
    ("(0) where no zero is dialled", "+1 (0) 425 555 0123", None, US),
    ("(0) with which and without which it is a number", "+247 (0) 62858", None,
     "!phone-ambiguous"),
    # 9 without plus
    ("German mobile that lost its plus", "49 171 1234567", "DE", "+491711234567",
     ["phone-plus-added"]),
    ("country code without plus that the plan takes for one", "493023125123", "DE",
     "+493023125123"),
    ("French mobile that lost its plus, in Germany", "33612345678", "DE", "!phone-ambiguous"),
    ("mobile at home that is a number abroad too", "4155550188", "US", "+14155550188"),
    ("number at home as it is written there", "912345678", "ES", "+34912345678"),
    # 10 old writings
    ("Mexico: 1 after +52", "+52 1 222 123 4567", None, "+522221234567", ["phone-legacy"]),
    ("Mexico: 1 after 0052", "0052 1 222 123 4567", None, "+522221234567",
     ["phone-double-zero", "phone-legacy"]),
    ("Mexico: 1 after 52", "52 1 222 123 4567", "MX", "+522221234567",
     ["phone-plus-added", "phone-legacy"]),
    ("Mexico: 01 after +52", "+52 01 222 123 4567", None, "+522221234567", ["phone-legacy"]),
    ("Mexico: 044 after +52", "+52 044 222 123 4567", None, "+522221234567", ["phone-legacy"]),
    ("Mexico: 045 after +52", "+52 045 222 123 4567", None, "+522221234567", ["phone-legacy"]),
    ("Mexico: 01 at home", "01 222 123 4567", "MX", "+522221234567", ["phone-legacy"]),
    ("Mexico: 01 in brackets", "(01 222) 123 4567", "MX", "+522221234567", ["phone-legacy"]),
    ("Mexico: 044 at home", "044 222 123 4567", "MX", "+522221234567", ["phone-legacy"]),
    ("Mexico: 045 at home", "045 222 123 4567", "MX", "+522221234567", ["phone-legacy"]),
    ("Mexico: 1 at home, no number of the United States", "1 222 123 4567", "MX",
     "+522221234567", ["phone-legacy"]),
    ("Mexico: 1 at home, or the United States", "1 425 555 0123", "MX", "!phone-ambiguous"),
    ("Mexico: 1 and eleven digits", "+52 1 222 123 45678", None, "!phone-invalid"),
    ("Mexico: 1 and nine digits", "+52 1 222 123 456", None, "!phone-invalid"),
    ("Chile: 0 before a mobile", "09 6123 4567", "CL", "+56961234567", ["phone-legacy"]),
    ("Chile: 0 before a mobile, after +56", "+56 09 6123 4567", None, "+56961234567",
     ["phone-legacy"]),
    ("Ukraine: 8 0", "8 050 123 4567", "UA", "+380501234567", ["phone-legacy"]),
    ("Ukraine: 8 0 in brackets", "8 (050) 123-45-67", "UA", "+380501234567", ["phone-legacy"]),
    ("Belarus: 8 0", "8 029 123 45 67", "BY", "+375291234567"),
    ("Brazil: 0xx", "(0xx11) 96123-4567", "BR", "+5511961234567", ["phone-legacy"]),
    ("Brazil: 0XX with a blank", "0XX 11 96123-4567", "BR", "+5511961234567", ["phone-legacy"]),
    ("Brazil: 0XX and no separators", "0XX11961234567", "BR", "+5511961234567",
     ["phone-legacy"]),
    ("Brazil: 0**", "0**11 96123-4567", "BR", "+5511961234567", ["phone-legacy"]),
    ("Brazil: 0xx after +55", "+55 (0xx11) 96123-4567", None, "+5511961234567",
     ["phone-legacy"]),
    ("Brazil: 0xx and an extension", "0xx11 96123-4567 ramal 12", "BR", "+5511961234567",
     ["phone-legacy", "phone-extension"]),
    ("Brazil: carrier code", "0 15 11 96123-4567", "BR", "+5511961234567"),
    ("Brazil: 0xx elsewhere", "0xx11 96123-4567", "US", "!phone-letters"),
    ("Argentina: 15", "011 15-2345-6789", "AR", "+5491123456789"),
    ("Argentina: 15 without the 0", "11 15 2345-6789", "AR", "+5491123456789"),
    # 11 extension
    ("extension in brackets", "425-555-0123 (ext. 12)", "US", US, ["phone-extension"]),
    ("x in brackets", "425-555-0123 (x12)", "US", US, ["phone-extension"]),
    ("Durchwahl", "030 23125123 Durchwahl 12", "DE", "+493023125123", ["phone-extension"]),
    ("DW", "030 23125123 DW 12", "DE", "+493023125123", ["phone-extension"]),
    ("DW in brackets", "030 23125123 (DW: 12)", "DE", "+493023125123", ["phone-extension"]),
    ("poste", "01 99 00 12 34 poste 12", "FR", "+33199001234", ["phone-extension"]),
    ("interno", "02 1234 5678 interno 12", "IT", "+390212345678", ["phone-extension"]),
    ("ramal", "(11) 96123-4567 ramal 12", "BR", "+5511961234567", ["phone-extension"]),
    ("toestel", "06 12345678 toestel 12", "NL", "+31612345678", ["phone-extension"]),
    ("x", "425-555-0123 x12", "US", US, ["phone-extension"]),
    ("x without a space", "4255550123x12", "US", US, ["phone-extension"]),
    ("ext", "425-555-0123 ext 12", "US", US, ["phone-extension"]),
    ("Ext. in capitals", "425-555-0123 EXT. 1234", "US", US, ["phone-extension"]),
    ("ext with a comma", "(425) 555-0123, ext. 12", "US", US, ["phone-extension"]),
    ("extension in full", "425-555-0123 extension 12", "US", US, ["phone-extension"]),
    ("#", "425-555-0123 #12", "US", US, ["phone-extension"]),
    ("dash and #", "425-555-0123-910#", "US", US, ["phone-extension"]),
    (";ext=", "+1-425-555-0123;ext=12", None, US, ["phone-extension"]),
    ("two commas", "4255550123,,12", "US", US, ["phone-extension"]),
    ("label that nobody filled in", "425-555-0123 ext.", "US", US, ["phone-extension"]),
    ("x that nobody filled in", "425-555-0123 x", "US", US, ["phone-extension"]),
    ("Spanish anexo", "612 34 56 78 anexo 12", "ES", "+34612345678", ["phone-extension"]),
    ("Russian label", "8 (912) 345-67-89 \u0434\u043e\u0431. 12", "RU", "+79123456789",
     ["phone-extension"]),
    ("extension in full-width", "03-1234-5678 \uff58\uff11\uff12", "JP", "+81312345678",
     ["phone-digits", "phone-extension"]),
    ("extension of eight digits is no second number", "+1 425 555 0123 ext 12345678", None, US,
     ["phone-extension"]),
    # 12 not valid
    ("too short", "555-0123", "US", "!phone-invalid"),
    ("too long", "425 555 0123 4567", "US", "!phone-invalid"),
    ("area code that does not exist", "(000) 555-0123", "US", "!phone-invalid"),
    ("area code that begins with 1", "123-456-7890", "US", "!phone-invalid"),
    ("country code that does not exist", "+999 123 456 789", None, "!phone-invalid"),
    ("plus and zero", "+0 425 555 0123", None, "!phone-invalid"),
    ("16 digits, which the German plan allows and E.164 does not", "55501234250425", "DE",
     "!phone-invalid"),
    ("range kept for fiction, not assigned", "07700 900123", "GB", "!phone-invalid"),
    ("only a plus", "+", "US", "!phone-invalid"),
    ("only punctuation", "() -", "US", "!phone-invalid"),
    ("emergency number", "911", "US", "!phone-invalid"),
    ("a date", "2026-06-18", "US", "!phone-invalid"),
    ("an amount", "1,299.00", "US", "!phone-invalid"),
    ("an emoji", "\U0001f4de", "US", "!phone-invalid"),
    ("lone surrogate", "\ud83d", "US", "!phone-invalid"),
    ("NUL", "\u0000", "US", "!phone-invalid"),
    ("400 digits", "1234567890" * 40, "US", "!phone-invalid"),
    ("5,000 commas behind", "4255550123" + "," * 5000, "US", "!phone-invalid"),
]


def abroad(e164):
    return e164 if e164[0] != "+" else "00" + e164[1:]


def phones():
    out = [vector(f"empty marker {json.dumps(text)}", text, E164, "absent", "US")
           for text in ABSENT]
    seen = set()
    for region, alpha3, english, given, e164 in AT_HOME:
        out.append(vector(f"{region}: as written at home", given, E164, e164, region))
        out.append(vector(f"{region}: country as {english}", given, E164, e164, english))
        if region not in seen:
            out.append(vector(f"{region}: country as {alpha3}", given, E164, e164, alpha3))
            out.append(vector(f"{region}: 00 instead of +, no country", abroad(e164), E164, e164,
                              repaired=["phone-double-zero"]))
        if e164 not in seen:
            out.append(vector(f"{region}: E.164 stays", e164, E164, e164))
        seen.update((region, e164))
    for name, given, country, expected, *repaired in PHONE:
        out.append(vector(name, given, E164, expected, country, repaired[0] if repaired else ()))
    for line in (HERE / "phones.tsv").read_text(encoding="ascii").splitlines():
        name, given, country, expected, repair = line.split("\t")
        out.append(vector(name, given, E164, expected, country, [repair] if repair else ()))
    return out


# --- hashed columns ---------------------------------------------------------------------------------


def hashed():
    def accepted(name, given):
        return {"name": name, "input": given, "rules": HEX, "expect": "digest",
                "sha256": given.strip().lower(), "repaired": []}

    def refused(name, given, reason):
        return vector(name, given, HEX, "!" + reason)

    out = [vector(f"empty marker {json.dumps(text)}", text, HEX, "absent") for text in ABSENT]
    out += [
        accepted("lower case", sha256("john@contoso.com")),
        accepted("upper case", sha256("john@contoso.com").upper()),
        accepted("mixed case", sha256("+14255551234")[:32].upper() + sha256("+14255551234")[32:]),
        accepted("spaces around", f"  {sha256(JANE)}\t"),
        accepted("line break behind", f"{sha256(JANE)}\r\n"),
        accepted("digits only", "1234567890" * 6 + "1234"),
        refused("63 digits", DIGEST[:-1], "hash-malformed"),
        refused("65 digits", DIGEST + "0", "hash-malformed"),
        refused("a letter that is no hex digit", "g" + DIGEST[1:], "hash-malformed"),
        refused("space inside", DIGEST[:32] + " " + DIGEST[32:], "hash-malformed"),
        refused("0x in front", "0x" + DIGEST, "hash-malformed"),
        refused("SHA-256 in base64", BASE64, "hash-malformed"),
        refused("MD5", hashlib.md5(JANE.encode()).hexdigest(), "hash-malformed"),
        refused("SHA-1", hashlib.sha1(JANE.encode()).hexdigest(), "hash-malformed"),
        refused("SHA-512", hashlib.sha512(JANE.encode()).hexdigest(), "hash-malformed"),
        refused("a plain address", JANE, "hash-malformed"),
        refused("a plain number", "+14255550123", "hash-malformed"),
        refused("two hashes", f"{DIGEST};{sha256(JANE)}", "hash-malformed"),
        refused("full-width digits", "".join(chr(ord(c) + 0xfee0) for c in DIGEST),
                "hash-malformed"),
        refused("lone surrogate", "\ud800", "hash-malformed"),
    ]
    for text in ["", "null", "NULL", "Null", "undefined", "NaN", "nan", "None", "none", "n/a",
                 "N/A", "na", "NA", "Na", "nil", "NIL", "Nil", "(null)", "(NULL)", "(Null)",
                 "#n/a", "#N/A", "-", "--", ".", "unknown", "UNKNOWN", "Unknown", "not provided",
                 "NOT PROVIDED", "Not provided", "Not Provided", "UNDEFINED", "Undefined", "NONE",
                 "NAN"]:
        out.append(refused(f"hash of {json.dumps(text)}", sha256(text), "hash-of-nothing"))
    out.append(refused("hash of nothing in capitals", sha256("").upper(), "hash-of-nothing"))
    return out


# --- files ------------------------------------------------------------------------------------------

FILES = {
    "email.microsoft-2026-11.json": (MS, lambda: emails(MS, EMAIL_MICROSOFT)),
    "email.google-2026-11.json": (GOOGLE, lambda: emails(GOOGLE, EMAIL_GOOGLE)),
    "phone.e164-2026-11.json": (E164, phones),
    "hashed.json": (HEX, hashed),
}

# Not every JSON reader takes a lone surrogate, and one of them would cost the whole file.
APART = "lone-surrogates.json"


def is_apart(one):
    return any("\ud800" <= character <= "\udfff" for character in one["input"])


def files():
    """(file, rules or None where they are mixed, vectors)"""
    apart = []
    for file, (rules, make) in FILES.items():
        made = make()
        apart += [one for one in made if is_apart(one)]
        yield file, rules, [one for one in made if not is_apart(one)]
    yield APART, None, apart


def render(rules, vectors):
    # Escaped to ASCII: invisible characters must be seen, and lone surrogates must survive.
    lines = ",\n".join("    " + json.dumps(one) for one in vectors)
    head = "" if rules is None else f'  "rules": {json.dumps(rules)},\n'
    return f'{{\n  "format": 1,\n{head}  "vectors": [\n{lines}\n  ]\n}}\n'


def main():
    check = "--check" in sys.argv[1:]
    stale = []
    for file, rules, made in files():
        path, text = HERE / file, render(rules, made)
        if not check:
            path.write_text(text, encoding="ascii", newline="\n")
        elif not path.exists() or path.read_text(encoding="ascii") != text:
            stale.append(file)
    for file in stale:
        print(f"not up to date: {file}", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
