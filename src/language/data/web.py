#!/usr/bin/env python3
"""Says of the words of pages on the web what published sources say for the same thing.

    web.py guide GUIDE            takes the sentences of the statement of accessibility from W3C's localizations
    web.py attest PKP OMP THORIUM says behind each other word of web/ which source uses it for the same thing

GUIDE, PKP, OMP and THORIUM are folders with github.com/w3c/publ-a11y-display-guide-localizations (W3C Software and
Document License, LICENSE-W3C), pkp/pkp-lib and pkp/omp (the pages of a few thousand publishers) and
edrlab/thorium-reader. Of the last three words are compared and none is taken: one that no source has says so with a dash.
"""
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
WEB = os.path.join(HERE, "web")
# Where a source calls a language otherwise.
GUIDE = {"ar": "ar-SA", "bg": "bg-BG", "ca": "ca-ES", "cs": "cs-CZ", "da": "da-DK", "de": "de-DE", "el": "el-GR",
         "es": "es-ES", "fi": "fi-FI", "fr": "fr-FR", "he": "he-IL", "hu": "hu-HU", "id": "id-ID", "it": "it-IT",
         "ja": "ja-JP", "ko": "ko-KR", "nb": "nb-NO", "nl": "nl-NL", "pl": "pl-PL", "pt": "pt-BR", "pt-PT": "pt-PT",
         "ro": "ro-RO", "ru": "ru-RU", "sv": "sv-SE", "tr": "tr-TR", "vi": "vi-VN", "zh": "zh-CN", "zh-Hant": "zh-TW"}
PKP = {"nb": "nb_NO", "pt": "pt_BR", "pt-PT": "pt", "zh": "zh_Hans", "zh-Hant": "zh_Hant"}
THORIUM = {"pt": "pt-br", "pt-PT": "pt-pt", "zh": "zh-cn", "zh-Hant": "zh-tw"}
SENTENCES = {
    "ways-of-reading": "ways-of-reading-title",
    "appearance-modifiable": "ways-of-reading-visual-adjustments-modifiable",
    "read-aloud": "ways-of-reading-nonvisual-reading-readable",
    "not-read-aloud": "ways-of-reading-nonvisual-reading-not-fully",
    "has-alternative-text": "ways-of-reading-nonvisual-reading-alt-text",
    "conformance": "conformance-title",
    "meets-standards": "conformance-aa",
    "certified-by": "conformance-certifier",
    "no-conformance": "conformance-no",
    "navigation-of": "navigation-title",
    "nav-contents": "navigation-toc",
    "nav-headings": "navigation-structural",
    "nav-pages": "navigation-page-navigation",
    "hazards": "hazards-title",
    "no-hazards": "hazards-none",
    "more-access": "additional-accessibility-information-title",
    "page-breaks": "additional-accessibility-information-page-breaks",
    "aria-roles": "additional-accessibility-information-aria",
}
SAME = {
    "languages": ["common.languages"], "download-the": ["common.download", "submission.download"],
    "editions": ["metadata.property.displayName.edition"], "subjects": ["common.subjects"],
    "summary": ["common.abstract", "submission.synopsis"], "cite-this": ["submission.howToCite"],
    "copy": ["common.copy"], "copied": ["common.copied"], "licence": ["submission.license"],
    "rights-of": ["submission.rights"], "partners": ["manager.plugins.pluginGallery.certifications.partner"],
    "correction": ["publication.updateType.correction"], "previous": ["common.pagination.previous", "help.previous"],
    "next": ["common.pagination.next", "help.next"], "search": ["common.search"], "none-found": ["search.noResults"],
    "close": ["common.close"], "menu": ["common.contents", "help.toc"], "skip": ["navigation.skip.main"],
    "files-of": ["submission.files"], "file-of": ["common.file"], "catalogue": ["navigation.catalog"],
    "title-of": ["common.title"], "there": ["common.yes"], "not-there": ["common.no"],
    "for-programs": [], "more-of": ["common.note"], "read-online": ["common.readMore"],
}
READER = {"search": ["header/searchTitle"], "close": ["accessibility/closeDialog"], "skip": ["accessibility/skipLink"],
          "next": ["opds/next"], "previous": ["opds/previous"], "copy": ["app/edit/copy"], "languages": ["catalog/lang"]}


def po(path):
    """The translations of a file of gettext."""
    try:
        text = open(path, encoding="utf8").read()
    except OSError:
        return {}
    joined = lambda part: "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', part)).replace('\\"', '"')
    pairs = re.finditer(r'msgid ((?:"(?:[^"\\]|\\.)*"\s*)+)\nmsgstr ((?:"(?:[^"\\]|\\.)*"\s*)+)', text)
    return {joined(pair[1]): joined(pair[2]) for pair in pairs}


def gettext(folder, tag):
    found = {}
    place = os.path.join(folder, "locale", PKP.get(tag, tag))
    for name in sorted(os.listdir(place)) if os.path.isdir(place) else []:
        if name.endswith(".po"):
            found.update(po(os.path.join(place, name)))
    return found


def flat(tree, at=""):
    out = {}
    for key, value in tree.items():
        path = f"{at}/{key}" if at else key
        out.update(flat(value, path) if isinstance(value, dict) else {path: str(value).strip()})
    return out


def rewrite(tag, change):
    """Each line of a file as `change` has it."""
    path = os.path.join(WEB, tag + ".txt")
    out = []
    for line in open(path, encoding="utf8").read().splitlines():
        key, _, rest = line.partition(" = ")
        if not rest or key == "reader":
            out.append(line)
            continue
        word, _, sources = rest.partition("\t")
        word, sources = change(key, word, sources or "-")
        out.append(f"{key} = {word}\t{sources}")
    open(path, "w", encoding="utf8").write("\n".join(out) + "\n")


def tags():
    return sorted(name[:-4] for name in os.listdir(WEB) if name.endswith(".txt"))


def guide(folder):
    for tag in tags():
        path = os.path.join(folder, "lang", GUIDE.get(tag, "-"), "display_guide_vocabulary_vitalsource.json")
        if not os.path.exists(path):
            continue
        said = flat(json.load(open(path, encoding="utf8")))
        by = {}
        for key, value in said.items():
            parts = key.split("/")
            if parts[-1] == "compact":
                by[parts[-2]] = value
            elif parts[-1] != "descriptive":
                by[parts[-1]] = value
        rewrite(tag, lambda key, word, sources:
                (by[SENTENCES[key]], "w3c") if SENTENCES.get(key) in by else (word, sources))


def attest(pkp, omp, thorium):
    plain = lambda text: text.lower().rstrip(".: ")
    for tag in tags():
        press = {**gettext(pkp, tag), **gettext(omp, tag)}
        path = os.path.join(thorium, "src/resources/locales", THORIUM.get(tag, tag) + ".json")
        reader = flat(json.load(open(path, encoding="utf8"))) if os.path.exists(path) else {}

        def change(key, word, sources):
            if sources == "w3c":
                return word, sources
            found = []
            if any(plain(press.get(name, "")) == plain(word) for name in SAME.get(key, [])):
                found.append("pkp")
            if any(plain(reader.get(name, "")) == plain(word) for name in READER.get(key, [])):
                found.append("thorium")
            return word, " ".join(found) or "-"

        rewrite(tag, change)


if __name__ == "__main__":
    {"guide": guide, "attest": attest}[sys.argv[1]](*sys.argv[2:])
