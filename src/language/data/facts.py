#!/usr/bin/env python3
"""Makes what recto knows of languages from published sources.

    npm install cldr-dates-full cldr-misc-full cldr-numbers-full cldr-localenames-full
    facts.py cldr node_modules > cldr.txt     dates, lists, quotation marks, numbers, directions (Unicode CLDR)
    facts.py attest BABEL PANDOC CSL          says behind each word of words/ which source uses it for the same thing

BABEL, PANDOC and CSL are folders with github.com/latex3/babel, jgm/pandoc and citation-style-language/locales.
Only words are compared, none is taken: a word that no source has says so with a dash.
"""
import glob
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# Regions and scripts of which CLDR says something else than of the language.
FORMS = ["en-US", "en-CA", "de-AT", "de-CH", "fr-CA", "fr-CH", "it-CH", "es-419", "es-MX", "pt-PT", "sr-Latn",
         "zh-Hant", "nl-BE", "ar-BH", "ar-DZ", "ar-EG", "ar-IQ", "ar-JO", "ar-KW", "ar-LB", "ar-MA", "ar-OM", "ar-PS",
         "ar-QA", "ar-SA", "ar-SD", "ar-SY", "ar-TN", "ar-YE",
         "en-ZA", "en-NZ", "en-AU", "en-IN", "en-IE", "en-HK", "fr-BE"]
# Languages of which the dates and marks are known though not the words.
MORE = ["bs", "cy", "fil", "gu", "hy", "ka", "kk", "km", "kn", "lo", "mr", "mn", "ml", "my", "ne", "pa", "ps", "si",
        "sq", "ta", "te", "uz", "az", "am", "ky", "lb", "oc", "eo", "fo", "gd", "br", "zu", "xh", "ha", "yo", "so"]


def plain(pattern):
    """A date pattern with its quoted words bare and its fields in braces: "{d}. {MMMM} {y}"."""
    out, quoted, at = "", False, 0
    while at < len(pattern):
        letter = pattern[at]
        if letter == "'":
            if pattern[at + 1:at + 2] == "'":
                out += "'"
                at += 1
            else:
                quoted = not quoted
        elif not quoted and letter.isascii() and letter.isalpha():
            end = at
            while end < len(pattern) and pattern[end] == letter:
                end += 1
            out += "{" + pattern[at:end] + "}"
            at = end - 1
        else:
            out += letter
        at += 1
    return out


def cldr(modules):
    def load(package, locale, name):
        path = f"{modules}/{package}/main/{locale}/{name}.json"
        return json.load(open(path, encoding="utf-8"))["main"][locale]

    english = load("cldr-localenames-full", "en", "languages")["localeDisplayNames"]["languages"]
    systems = json.load(open(f"{modules}/cldr-core/supplemental/numberingSystems.json"))
    systems = systems["supplemental"]["numberingSystems"]
    version = json.load(open(f"{modules}/cldr-dates-full/package.json"))["version"]
    words = [os.path.basename(path)[:-4] for path in glob.glob(f"{HERE}/words/*.txt")]
    print(f"# Unicode CLDR {version}, (c) Unicode, Inc., under the Unicode License v3 (LICENSE-UNICODE). By facts.py.")
    for tag in sorted(set(words + FORMS + MORE)):
        locale = {"en": "en-001", "en-US": "en"}.get(tag, tag)
        try:
            dates = load("cldr-dates-full", locale, "ca-gregorian")["dates"]["calendars"]["gregorian"]
        except FileNotFoundError:
            print(f"no {tag} in CLDR", file=sys.stderr)
            continue
        numbers = load("cldr-numbers-full", locale, "numbers")["numbers"]
        system = numbers["defaultNumberingSystem"]
        signs = numbers[f"symbols-numberSystem-{system}"]
        marks = load("cldr-misc-full", locale, "delimiters")["delimiters"]
        order = load("cldr-misc-full", locale, "layout")["layout"]["orientation"]["characterOrder"]
        lists = load("cldr-misc-full", locale, "listPatterns")["listPatterns"]["listPattern-type-standard"]
        own = load("cldr-localenames-full", locale, "languages")["localeDisplayNames"]["languages"]
        between = [re.fullmatch(r"\{0\}(.*)\{1\}", lists[at]).group(1) for at in ("start", "middle", "end", "2")]
        formats = [dates["dateFormats"]["long"], dates["dateTimeFormats"]["availableFormats"]["yMMMM"]]
        months = [[dates["months"][kind]["wide"][str(month)] for month in range(1, 13)]
                  for kind in ("format", "stand-alone")]
        print(f"== {tag}")
        print(f"name = {english.get(tag, english.get(tag.split('-')[0], tag))}|{own.get(tag, own.get(tag.split('-')[0], ''))}")
        print(f"direction = {'right' if order == 'right-to-left' else 'left'}")
        era = dates["eras"]["eraAbbr"]["1"]
        print("day = " + plain(formats[0]).replace("{G}", era))
        print("month = " + plain(formats[1]).replace("{G}", era))
        print("months of days = " + "|".join(months[0]))
        if months[0] != months[1]:
            print("months = " + "|".join(months[1]))
        print("list = " + "|".join(between))
        print("quotes = " + "|".join(marks[key] for key in ("quotationStart", "quotationEnd", "alternateQuotationStart",
                                                            "alternateQuotationEnd")))
        print("numbers = " + "|".join([signs["decimal"], signs["group"], systems[system]["_digits"]]))


# What the sources call the things that recto's keys name: babel, pandoc, CSL.
SAME = {
    "contents": ("contents", "Contents", None),
    "figure": ("figure", "Figure", "figure/0"),
    "table": ("table", "Table", "table/0"),
    "figures": ("listfigure", "ListOfFigures", "figure/1"),
    "tables": ("listtable", "ListOfTables", "table/1"),
    "section": (None, None, "section/0"),
    "several-figures": (None, None, "figure/1"),
    "several-tables": (None, None, "table/1"),
    "several-sections": (None, None, "section/1"),
    "chapter": ("chapter", "Chapter", "chapter/0"),
    "part": ("part", "Part", "part/0"),
    "appendix": ("appendix", "Appendix", "appendix/0"),
    "bibliography": ("bib", "Bibliography", None),
    "references": ("ref", "References", None),
    "preface": ("preface", "Preface", None),
    "foreword": ("preface", "Preface", None),
    "abstract": ("abstract", "Abstract", None),
    "glossary": ("glossary", "Glossary", None),
    "index": ("index", "Index", None),
    "listing": ("listing", "Listing", None),
    "page": ("page", "Page", "page/0"),
    "pages": (None, None, "page/1"),
    "see": ("see", "See", None),
    "see-also": ("also", "SeeAlso", None),
    "note": (None, None, "note/0"),
    "notes": (None, None, "note/1"),
    "version": (None, None, "version/0"),
    "number": (None, None, "number/short"),
    "editing": (None, None, "editor/0"),
    "translation": (None, None, "translator/0"),
    "illustrations": (None, None, "illustrator/0"),
    "and": (None, None, "and/0"),
}


def babel_words(folder, tag):
    found = {}
    for path in glob.glob(f"{folder}/locale/*/babel-{tag}.ini"):
        text = open(path, encoding="utf-8", errors="replace").read()
        for section in re.findall(r"\[captions(?:\.licr)?\]\n(.*?)(?=\n\[|\Z)", text, re.S)[:1]:
            for line in section.split("\n"):
                if " = " in line and not line.startswith(";"):
                    key, word = line.split(" = ", 1)
                    found[key.strip()] = word.strip()
    return found


def pandoc_words(folder, tag):
    path = f"{folder}/data/translations/{tag}.yaml"
    if not os.path.exists(path):
        return {}
    pairs = [line.split(":", 1) for line in open(path, encoding="utf-8") if ":" in line]
    return {key.strip(): word.strip().strip("'\"") for key, word in pairs}


def csl_words(folder, tag):
    primary = tag.split("-")[0]
    region = {"en": "en-GB", "pt": "pt-BR", "zh": "zh-CN", "zh-Hant": "zh-TW", "sr": "sr-Cyrl-RS", "de": "de-DE",
              "fr": "fr-FR", "es": "es-ES", "sr-Latn": "sr-Latn-RS"}.get(tag)
    found = {}
    for path in sorted(glob.glob(f"{folder}/locales-{region or tag + '*'}.xml")):
        text = open(path, encoding="utf-8").read()
        for name, form, body in re.findall(r'<term name="([\w-]+)"( form="[\w-]+")?>(.*?)</term>', text, re.S):
            words = re.findall(r"<(?:single|multiple)>(.*?)</", body) or [body.strip()]
            if "short" in form:
                found[f"{name}/short"] = words[0]
            if form:
                continue
            for at, word in enumerate(words):
                found[f"{name}/{at}"] = word
            if len(words) == 1:
                found[f"{name}/1"] = words[0]
        break
    return found


def attest(babel, pandoc, csl):
    for path in sorted(glob.glob(f"{HERE}/words/*.txt")):
        tag = os.path.basename(path)[:-4]
        have = {"babel": babel_words(babel, tag), "pandoc": pandoc_words(pandoc, tag), "csl": csl_words(csl, tag)}
        bare = lambda word: re.sub(r"\{\}|[ .\u00a0\u200c]", "", word).lower()
        lines = []
        for line in open(path, encoding="utf-8"):
            if " = " not in line or line.startswith(("#", "reader")):
                lines.append(line.rstrip("\n"))
                continue
            key, rest = line.rstrip("\n").split(" = ", 1)
            word = rest.split("\t")[0]
            names = SAME.get(key, (None, None, None))
            found = [source for source, name in zip(have, names)
                     if name and name in have[source] and bare(have[source][name]) == bare(word)]
            lines.append(f"{key} = {word}\t{' '.join(found) or '-'}")
        open(path, "w", encoding="utf-8").write("\n".join(lines) + "\n")


if __name__ == "__main__":
    {"cldr": cldr, "attest": attest}[sys.argv[1]](*sys.argv[2:])
