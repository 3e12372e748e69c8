#!/usr/bin/env python3
"""Makes what recto knows of languages from published sources.

    npm install cldr-dates-full cldr-misc-full cldr-numbers-full cldr-localenames-full
    facts.py cldr node_modules > cldr.txt     dates, lists, quotation marks, numbers, directions (Unicode CLDR)
    facts.py said CLONES TAG                  which words the sources have in a language, for each of recto's
    facts.py attest CLONES                    says behind each word of words/ which source uses it for the same thing

CLONES is a folder with babel (github.com/latex3/babel), polyglossia (reutenauer/polyglossia), pandoc (jgm/pandoc), typst
(typst/typst), csl (citation-style-language/locales), docbook (docbook/xslt10-stylesheets), yelp (GNOME/yelp-xsl) and, as
they are on PyPI, sphinx and docutils. Words alone are compared, as what is usual: one that no source has says so with a
dash. A language of which the sources know a part has that part alone, and English for the rest.
"""
import ast
import glob
import html
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


# What the sources call the things that recto's keys name.
ORDER = ("babel", "polyglossia", "pandoc", "typst", "csl", "docbook", "yelp", "sphinx", "docutils")
SAME = {
    "contents": dict(latex="contents", pandoc="Contents", typst="outline", docbook="TableofContents", yelp="Contents",
                     sphinx="Contents", docutils="contents"),
    "notes": dict(csl="note/1", docbook="Notes"),
    "figure": dict(latex="figure", pandoc="Figure", typst="figure", csl="figure/0", docbook="Figure"),
    "table": dict(latex="table", pandoc="Table", typst="table", csl="table/0", docbook="Table"),
    "figures": dict(latex="listfigure", pandoc="ListOfFigures", csl="figure/1", docbook="ListofFigures"),
    "tables": dict(latex="listtable", pandoc="ListOfTables", csl="table/1", docbook="ListofTables"),
    "section": dict(csl="section/0", typst="heading", docbook="Section"),
    "several-figures": dict(csl="figure/1"),
    "several-tables": dict(csl="table/1"),
    "several-sections": dict(csl="section/1"),
    "chapter": dict(latex="chapter", pandoc="Chapter", csl="chapter/0", docbook="Chapter"),
    "part": dict(latex="part", pandoc="Part", csl="part/0", docbook="Part"),
    "appendix": dict(latex="appendix", pandoc="Appendix", csl="appendix/0", docbook="Appendix"),
    "bibliography": dict(latex="bib", pandoc="Bibliography", typst="bibliography", docbook="Bibliography",
                         yelp="Bibliography"),
    "references": dict(latex="ref", pandoc="References", docbook="References"),
    "preface": dict(latex="preface", pandoc="Preface", docbook="Preface"),
    "foreword": dict(latex="preface", pandoc="Preface"),
    "abstract": dict(latex="abstract", pandoc="Abstract", docbook="Abstract", docutils="abstract"),
    "glossary": dict(latex="glossary", pandoc="Glossary", docbook="Glossary", yelp="Glossary"),
    "index": dict(latex="index", pandoc="Index", docbook="Index", yelp="Index", sphinx="Index"),
    "copyright-page": dict(docbook="Copyright", sphinx="Copyright", docutils="copyright"),
    "acknowledgements": dict(docbook="Acknowledgements"),
    "dedication": dict(docbook="Dedication", yelp="Dedication", docutils="dedication"),
    "colophon": dict(docbook="Colophon", yelp="Colophon"),
    "draft": dict(docbook="Draft", yelp="Draft"),
    "listing": dict(latex="listing", pandoc="Listing", typst="raw", sphinx="Listing %s"),
    "equation": dict(csl="equation/0", typst="equation", docbook="Equation"),
    "page": dict(latex="page", pandoc="Page", typst="page", csl="page/0", docbook="page"),
    "pages": dict(csl="page/1"),
    "see": dict(latex="see", pandoc="See", docbook="see", sphinx="see %s"),
    "see-also": dict(latex="also", pandoc="SeeAlso", docbook="seealso", yelp="See Also", sphinx="see also %s"),
    "note": dict(csl="note/0", docbook="Note", yelp="Note", sphinx="Note", docutils="note"),
    "tip": dict(docbook="Tip", yelp="Tip", sphinx="Tip", docutils="tip"),
    "important": dict(docbook="Important", yelp="Important", sphinx="Important", docutils="important"),
    "warning": dict(docbook="Warning", yelp="Warning", sphinx="Warning", docutils="warning"),
    "caution": dict(docbook="Caution", yelp="Caution", sphinx="Caution", docutils="caution"),
    "continued": dict(docbook="Continued"),
    "version": dict(csl="version/0", docutils="version"),
    "number": dict(csl="number/short"),
    "editing": dict(csl="editor/0", docbook="Editor"),
    "translation": dict(csl="translator/0"),
    "illustrations": dict(csl="illustrator/0"),
    "and": dict(csl="and/0", docbook="and"),
}
# How polyglossia and babel of old call languages.
NAMES = {"sq": "albanian", "hy": "armenian", "ar": "arabic", "am": "amharic", "bn": "bengali", "bs": "bosnian",
         "br": "breton", "cy": "welsh", "eo": "esperanto", "eu": "basque", "fa": "persian", "gd": "scottish",
         "hi": "hindi", "ka": "georgian", "km": "khmer", "kn": "kannada", "lo": "lao", "bo": "tibetan", "ml": "malayalam",
         "mn": "mongolian", "mr": "marathi", "oc": "occitan", "pa": "punjabi", "sr": "serbian", "ta": "tamil",
         "te": "telugu", "ur": "urdu"}
# Where a source keeps a language under another tag.
OTHERWISE = {("sphinx", "uk"): "uk_UA", ("sphinx", "zh"): "zh_CN", ("sphinx", "zh-Hant"): "zh_TW",
             ("sphinx", "pt"): "pt_BR", ("sphinx", "pt-PT"): "pt_PT", ("sphinx", "sr-Latn"): "sr@latin",
             ("yelp", "zh"): "zh_CN", ("yelp", "zh-Hant"): "zh_TW", ("yelp", "pt"): "pt_BR", ("yelp", "pt-PT"): "pt",
             ("yelp", "sr-Latn"): "sr@latin", ("docbook", "fil"): "tl", ("docbook", "pt"): "pt_br",
             ("docbook", "pt-PT"): "pt", ("docbook", "sr-Latn"): "sr_Latn", ("docbook", "zh"): "zh_cn",
             ("docbook", "zh-Hant"): "zh_tw", ("docutils", "zh"): "zh_cn", ("docutils", "zh-Hant"): "zh_tw",
             ("docutils", "pt"): "pt_br", ("typst", "zh-Hant"): "zh-TW"}


def text_of(path):
    found = glob.glob(path)
    return open(found[0], encoding="utf-8", errors="replace").read() if found else ""


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
    for path in sorted(glob.glob(f"{folder}/locales-{region or tag}.xml") or glob.glob(f"{folder}/locales-{tag}-*.xml")):
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


def polyglossia_words(folder, tag):
    text = text_of(f"{folder}/tex/gloss-{NAMES.get(tag)}.ldf")
    pairs = re.findall(r"\\def\\(\w+)name\s*\{((?:[^{}]|\{[^{}]*\})*)\}", text)
    return {key: re.sub(r"\\ ", " ", re.sub(r"\\[a-zA-Z]+\s*|[{}]", "", word)).strip() for key, word in reversed(pairs)}


def typst_words(folder, tag):
    text = text_of(f"{folder}/crates/*/translations/{tag}.txt")
    return dict(re.findall(r"^(\w+) = (.+)$", text, re.M))


def docbook_words(folder, tag):
    text = text_of(f"{folder}/gentext/locale/{tag}.xml")
    return {key: html.unescape(word) for key, word in re.findall(r'<gentext key="([^"]+)"\s+text="([^"]*)"', text)}


def gettext(text):
    joined = lambda part: "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', part))
    quoted = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
    entries = re.finditer(rf"((?:^#.*\n)*)(?:msgctxt .*\n)?msgid {quoted}\nmsgstr {quoted}", text, re.M)
    return {joined(entry[2]): joined(entry[3]) for entry in entries if "fuzzy" not in entry[1]}


def yelp_words(folder, tag):
    return gettext(text_of(f"{folder}/po/{tag}.po"))


def sphinx_words(folder, tag):
    return gettext(text_of(f"{folder}/sphinx/locale/{tag}/LC_MESSAGES/sphinx.po"))


def docutils_words(folder, tag):
    labels = re.search(r"labels = (\{.*?\})", text_of(f"{folder}/docutils/languages/{tag}.py"), re.S)
    return ast.literal_eval(labels[1]) if labels else {}


def said(clones, tag):
    """By recto's key, what each source calls the same thing in a language."""
    read = dict(babel=babel_words, polyglossia=polyglossia_words, pandoc=pandoc_words, typst=typst_words, csl=csl_words,
                docbook=docbook_words, yelp=yelp_words, sphinx=sphinx_words, docutils=docutils_words)
    have = {source: read[source](f"{clones}/{source}", OTHERWISE.get((source, tag), tag)) for source in ORDER}
    found = {}
    for key, names in SAME.items():
        for source in ORDER:
            name = names.get("latex" if source in ("babel", "polyglossia") else source)
            word = have[source].get(name, "").replace("%s", "").strip() if name else ""
            if word:
                found.setdefault(key, {})[source] = word
    return found


def show(clones, tag):
    for key, words in said(clones, tag).items():
        print(key.ljust(18) + "; ".join(f"{word} ({source})" for source, word in words.items()))


def attest(clones):
    # Malayalam's bare consonants have letters of their own since Unicode 5.1.
    chillu = {"\u0d23": "\u0d7a", "\u0d28": "\u0d7b", "\u0d30": "\u0d7c", "\u0d32": "\u0d7d", "\u0d33": "\u0d7e"}
    modern = lambda word: re.sub("([\u0d23\u0d28\u0d30\u0d32\u0d33])\u0d4d\u200d", lambda one: chillu[one[1]], word)
    bare = lambda word: re.sub(r"\{\}|[ .!\u00a0\u200b\u200c]", "", modern(word)).lower()
    for path in sorted(glob.glob(f"{HERE}/words/*.txt")):
        have = said(clones, os.path.basename(path)[:-4])
        lines = []
        for line in open(path, encoding="utf-8"):
            if " = " not in line or line.startswith(("#", "reader")):
                lines.append(line.rstrip("\n"))
                continue
            key, rest = line.rstrip("\n").split(" = ", 1)
            word = rest.split("\t")[0]
            found = [source for source, other in have.get(key, {}).items() if bare(other) == bare(word)]
            lines.append(f"{key} = {word}\t{' '.join(found) or '-'}")
        open(path, "w", encoding="utf-8").write("\n".join(lines) + "\n")


if __name__ == "__main__":
    {"cldr": cldr, "said": show, "attest": attest}[sys.argv[1]](*sys.argv[2:])
