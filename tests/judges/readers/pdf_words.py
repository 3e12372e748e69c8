#!/usr/bin/env python3
"""Which words of a manuscript do other people's PDF readers find in recto's PDF?

    pip install pypdf pdfminer.six pymupdf pypdfium2;  npm install pdfjs-dist;  apt-get install poppler-utils
    pdf_words.py FOLDER FILE.pdf [--node-modules DIR] [--show LANGUAGE]

Each section of the manuscript is taken for a text in the language of its front matter. A word counts as found when a
reader gives it whole, with its own letters; a word that is divided at a line's end is joined first. What a reader has in
the order in which it is painted (right to left) is counted apart, as "turned". Chinese, Japanese and Thai have no
spaces: there every run of eight letters counts as a word, and spaces of the reader's do not. A reader that is not
installed is left out. The exit code is 0: the table is to be read by people.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import unicodedata

UNSPACED = {"zh", "ja", "th", "lo", "km", "my"}
PDFJS = """
import { getDocument } from '%s/pdfjs-dist/legacy/build/pdf.mjs';
import { readFileSync } from 'fs';
const data = new Uint8Array(readFileSync(process.argv[2]));
const pdf = await getDocument({ data, verbosity: 0, useSystemFonts: false }).promise;
let out = '';
for (let at = 1; at <= pdf.numPages; at++) {
  const text = await (await pdf.getPage(at)).getTextContent();
  for (const item of text.items) out += item.str + (item.hasEOL ? '\\n' : '');
  out += '\\n';
}
process.stdout.write(out);
"""


def poppler(path):
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()


def pdfjs(path, modules):
    script = os.path.join(modules, "words.mjs")
    open(script, "w").write(PDFJS % os.path.abspath(modules))
    return subprocess.run(["node", script, path], capture_output=True, check=True).stdout.decode()


def pypdf(path):
    import pypdf
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def pdfminer(path):
    from pdfminer.high_level import extract_text
    return extract_text(path)


def mupdf(path):
    import pymupdf
    return "\n".join(page.get_text() for page in pymupdf.open(path))


def pdfium(path):
    import pypdfium2
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))


def sections(folder):
    """The words of each section, by language: that of its front matter, else of the book."""
    found = {}
    whole = re.search(r"^language: *(\S+)", open(os.path.join(folder, "metadata.yaml"), encoding="utf-8").read(), re.M)
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".md"):
            continue
        text = open(os.path.join(folder, name), encoding="utf-8").read()
        front = re.match(r"---\n(.*?)\n---\n", text, re.S)
        language = (re.search(r"^language: *(\S+)", front.group(1), re.M) if front else None) or whole
        if not language:
            continue
        body = text[front.end() if front else 0:]
        body = re.sub(r"\{[^}]*\}|\[\^\w+\]:?|@[\w-]+|^:::.*$|^```.*$|\[![A-Z]+\]|^[|:-]+$", " ", body, flags=re.M)
        body = re.sub(r"[#>*_`|\[\]{}()]|^ *(\d+\.|-) |\\", " ", body, flags=re.M)
        found.setdefault(language.group(1), "")
        found[language.group(1)] += body
    return found


def plain(text):
    """As letters compare: composed, quotes and dashes as they are typed, no marks of direction."""
    text = unicodedata.normalize("NFKC", text)
    # Readers set runs of another direction apart by marks, with the space on one side of them or the other; a hyphen
    # between two letters has none.
    text = re.sub(r"(\w)[\u202a-\u202e]-[\u202a-\u202e](\w)", r"\1-\2", text)
    text = re.sub(r"[\u202a-\u202e\u2066-\u2069]", " ", text)
    text = re.sub(r"[\u200b-\u200f\u2060-\u2065\ufeff\u00ad]", "", text)
    text = re.sub('[“”„«»″״]', '"', text)
    return re.sub("[’‘‹›׳]", "'", text)


def words(text):
    strip = "'\".,;:!?()[]…–—-、。「」，；：（）《》！？،؛؟·।"
    return [word for word in (word.strip(strip) for word in plain(text).split()) if len(word) > 1]


def judge(language, source, text):
    """How many words there are, and which were turned, glued and lost."""
    if language.split("-")[0] in UNSPACED:
        whole = re.sub(r"\s+", "", plain(text))
        runs = [run[at:at + 8] for run in words(source) for at in range(0, max(len(run) - 7, 1), 8)]
        return len(runs), [], [], [run for run in runs if run not in whole]
    # A hyphen that the setting put at a line's end is said as a soft one; Korean lines end between any two letters.
    # A vowel sign is no letter to Python.
    joined = re.sub(r"([\w\u0900-\u0dff])(?:[-\u2010\u00ad]\s*\n\s*|[\u0002\ufffe]\s*)(\w)", r"\1\2", text)
    if language.split("-")[0] == "ko":
        joined += "\n" + re.sub(r"([\uac00-\ud7af])\s*\n\s*([\uac00-\ud7af])", r"\1\2", joined)
    tokens = set(words(text)) | set(words(joined)) | {part for word in words(joined) for part in word.split("'")}
    whole = plain(joined)
    turned, glued, lost = [], [], []
    every = words(source)
    bare = {re.sub("[-\u2010\u05be]", "", token) for token in tokens}
    for word in every:
        if word in tokens or re.sub("[-\u2010\u05be]", "", word) in bare:
            continue
        if word[::-1] in tokens:
            turned.append(word)
        elif word in whole:
            glued.append(word)
        else:
            lost.append(word)
    return len(every), turned, glued, lost


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("pdf")
    parser.add_argument("--node-modules", default="node_modules")
    parser.add_argument("--show", help="the lost words of this language")
    asked = parser.parse_args()
    readers = {"poppler": poppler, "mupdf": mupdf, "pdfium": pdfium, "pypdf": pypdf, "pdfminer": pdfminer}
    if os.path.isdir(os.path.join(asked.node_modules, "pdfjs-dist")) and shutil.which("node"):
        readers["pdf.js"] = lambda path: pdfjs(path, asked.node_modules)
    texts = {}
    for name, read in readers.items():
        try:
            texts[name] = read(asked.pdf)
        except (ImportError, FileNotFoundError) as missing:
            print(f"{name} is left out: {missing}", file=sys.stderr)
    print("words: lost/glued/turned".ljust(24) + "".join(name.rjust(16) for name in texts))
    for language, source in sections(asked.folder).items():
        cells = []
        for name, text in texts.items():
            count, turned, glued, lost = judge(language, source, text)
            cells.append(f"{len(lost)}/{len(glued)}/{len(turned)}".rjust(16))
            if language == asked.show:
                print(f"{name}: lost {lost[:12]} glued {glued[:12]}", file=sys.stderr)
        print(f"{language} {count}".ljust(24) + "".join(cells))
    print("U+FFFD".ljust(24) + "".join(str(text.count("\ufffd")).rjust(16) for text in texts.values()))


if __name__ == "__main__":
    main()
