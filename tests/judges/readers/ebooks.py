#!/usr/bin/env python3
"""Do other people's readers show recto's e-books whole? `ebooks` beside this installs what it can and runs it.

    ebooks.py [--node-modules DIR] [--chromium FILE] [--show] BOOK.epub...

Each book is read plainly first: its files in their order, its contents, its notes. Then foliate-js and epub.js (in headless
Chromium, 360 and 800 pixels wide), MuPDF, ebooklib and Calibre open it, and what they show is held against that:

    words     lost, and shown though they should not be; an order that differs counts as both
    contents  lines of the contents that are missing or lead nowhere
    notes     calls that lead to no note, or to another one, and notes that do not lead back
    out       texts that stand out of their page
    over      texts that stand over others

A reader that is not installed is left out, and that is said. The exit code is 1 when something is wrong.
"""
import argparse
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections import Counter
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree

X = "{http://www.w3.org/1999/xhtml}"
EPUB = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
BLOCKS = {"p", "div", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "section", "figcaption", "caption", "br", "blockquote", "figure", "pre", "tr", "table", "ol", "ul", "nav", "aside", "header", "hr", "text", "details", "summary"}


class Book:
    """An e-book as it is written: nothing is laid out."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        container = ElementTree.fromstring(self.zip.read("META-INF/container.xml"))
        self.opf = next(container.iter("{urn:oasis:names:tc:opendocument:xmlns:container}rootfile")).get("full-path")
        self.folder = os.path.dirname(self.opf)
        package = ElementTree.fromstring(self.zip.read(self.opf))
        items = {item.get("id"): item for item in package.iter(f"{OPF}item")}
        self.spine = [self.at(unquote(items[ref.get("idref")].get("href"))) for ref in package.iter(f"{OPF}itemref")]
        self.nav = next((self.at(unquote(i.get("href"))) for i in items.values() if "nav" in (i.get("properties") or "").split()), None)
        self.ncx = next((self.at(unquote(i.get("href"))) for i in items.values() if i.get("media-type") == "application/x-dtbncx+xml"), None)
        self.trees, self.ids = {}, {}

    def at(self, href):
        return os.path.normpath(os.path.join(self.folder, href))

    def tree(self, name):
        if name not in self.trees:
            text = self.zip.read(name).decode("utf-8")
            text = re.sub(r"&(?!#|amp;|lt;|gt;|quot;|apos;)(\w+);", lambda m: html.unescape(m.group(0)), text)
            self.trees[name] = ElementTree.fromstring(text.encode("utf-8"))
            self.ids[name] = {e.get("id"): e for e in self.trees[name].iter() if e.get("id")}
        return self.trees[name]

    def words_of(self, name, below=False):
        body = next(self.tree(name).iter(f"{X}body"), None)
        return text_of(body, below) if body is not None else ""

    def contents(self):
        if self.nav is None:
            return [" ".join("".join(t.itertext()).split()) for t in self.tree(self.ncx).iter(f"{NCX}text")][1:] if self.ncx else []
        toc = [nav for nav in self.tree(self.nav).iter(f"{X}nav") if nav.get(f"{EPUB}type") == "toc"]
        return [" ".join("".join(a.itertext()).split()) for nav in toc for a in nav.iter(f"{X}a")]

    def resolve(self, name, href):
        """The element that a link leads to, with its file."""
        file, fragment = urldefrag(href)
        file = os.path.normpath(os.path.join(os.path.dirname(name), unquote(file))) if file else name
        if file not in self.zip.namelist():
            return None, None
        self.tree(file)
        return file, self.ids[file].get(unquote(fragment)) if fragment else self.tree(file)

    def notes(self):
        """Every call of a note: its words, its id, the beginning of its note, whether the note leads back."""
        found = []
        for name in self.spine:
            for link in self.tree(name).iter(f"{X}a"):
                if "noteref" not in (link.get(f"{EPUB}type") or "").split():
                    continue
                file, note = self.resolve(name, link.get("href"))
                back = False
                for home in note.iter(f"{X}a") if note is not None else ():
                    there, element = self.resolve(file, home.get("href") or "")
                    back |= there == name and element is not None and element.get("id") == link.get("id")
                found.append(("".join(link.itertext()), "" if note is None else text_of(note), back))
        return found


def text_of(element, below=False):
    """The words of an element as a reader shows them: nothing hidden, blocks apart; captions `below` their tables where a
    reader knows no `caption-side`."""
    out = io.StringIO()

    def walk(one):
        name = one.tag.removeprefix(X) if isinstance(one.tag, str) else ""
        hidden = one.get("hidden") is not None or name in ("script", "style", "head", "template", "rt", "rp", "title", "desc", "metadata")
        if not hidden:
            block = name in BLOCKS
            out.write("\n" if block else "")
            out.write(one.text or "")
            inside = list(one)
            if below and name == "table":
                inside.sort(key=lambda inner: inner.tag == f"{X}caption")
            for inner in inside:
                walk(inner)
                out.write(inner.tail or "")
            out.write("\n" if block else "")

    walk(element)
    return out.getvalue()


def plain(text):
    text = unicodedata.normalize("NFKC", text)
    text = re.sub("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0e\ufe0f]", "", text)
    return text


def tokens(text):
    """Words; of scripts without spaces every letter is one. Numbers of lists are the reader's, calls glue to words in some."""
    # Capitals may be a matter of style.
    found = re.findall(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff\u0e31-\u0e4e\u064b-\u065f\u05b0-\u05c7\u0610-\u061a\u0670])*", plain(text).casefold())
    out = []
    for word in found:
        if re.search("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]", word):
            out.extend(word)
        else:
            out.append(word)
    return out


def differ(wanted, got, near=60):
    """What is lost and what is more, where both stand in one order: the first places near each other that agree go on."""
    lost, more, at, there = [], [], 0, 0
    while at < len(wanted) and there < len(got):
        if wanted[at] == got[there]:
            at, there = at + 1, there + 1
            continue
        step = None
        for both in range(1, 2 * near):
            for ahead in range(max(0, both - near), min(both, near) + 1):
                one, other = at + ahead, there + both - ahead
                if wanted[one:one + 3] == got[other:other + 3] and one < len(wanted) and other < len(got):
                    step = (one, other)
                    break
            if step:
                break
        if step is None:
            step = (at + 1, there + 1)
        lost += wanted[at:step[0]]
        more += got[there:step[1]]
        at, there = step
    return lost + wanted[at:], more + got[there:]


def letters(text):
    return "".join(tokens(text))


class Row:
    """What a reader made of a book."""

    def __init__(self, reader):
        self.reader, self.faults, self.shown = reader, Counter(), []

    def fault(self, kind, count, *words):
        self.faults[kind] += count
        if count:
            self.shown += [f"{kind}: {word}" for word in words]

    def words(self, wanted, got):
        lost, more = differ(tokens(wanted), tokens(got))
        self.fault("lost", len(lost), " ".join(lost[:14]))
        self.fault("more", len(more), " ".join(more[:14]))

    def letters(self, wanted, got):
        lost, more = differ(list(letters(wanted)), list(letters(got)), 400)
        self.fault("lost", len(lost), "letters " + "".join(lost[:60]))
        self.fault("more", len(more), "letters " + "".join(more[:60]))

    def contents(self, wanted, got):
        missing = [line for line in wanted if not any(letters(line) == letters(label) and leads for label, leads in got)]
        self.fault("contents", len(missing), *missing[:4])
        order = [letters(label) for label, _ in got]
        if not missing and [letters(line) for line in wanted] != order:
            self.fault("contents", 1, "in another order")

    def notes(self, wanted, got):
        if len(got) < len(wanted):
            self.fault("notes", len(wanted) - len(got), f"{len(got)} calls of {len(wanted)}")
        for (call, note, _), (label, target, back) in zip(wanted, got):
            if not target or letters(note)[:25] != letters(target)[:25][: len(letters(note)[:25])]:
                self.fault("notes", 1, f"{call} leads to {target!r}")
            elif not back:
                self.fault("notes", 1, f"{label} does not lead back")


def browsers(paths, asked, rows):
    modules = asked.node_modules
    wanted = all(os.path.isdir(os.path.join(modules, name)) for name in ("foliate-js", "epubjs", "puppeteer-core"))
    if not wanted or not shutil.which("node") or not os.path.exists(asked.chromium):
        return left_out("foliate-js and epub.js", "node, their packages or Chromium are missing")
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "browser.mjs")
    ran = subprocess.run(["node", script, os.path.abspath(modules), asked.chromium, *paths], capture_output=True, text=True)
    if ran.returncode:
        return left_out("foliate-js and epub.js", ran.stderr[-400:])
    for line in ran.stdout.splitlines():
        said = json.loads(line)
        book, row = Book(said["book"]), Row(f"{said['engine']} {said['width']}")
        rows[said["book"]].append(row)
        if "error" in said:
            row.fault("lost", 1, said["error"])
            continue
        row.words("\n".join(map(book.words_of, book.spine)), "\n".join(text for _, text in said["docs"]))
        row.contents(book.contents(), said["contents"])
        row.notes(book.notes(), said["notes"])
        for call, shown in said["pops"]:
            if not any(label == call and letters(note)[:20] == letters(shown)[:20][: len(letters(note)[:20])] for label, note, _ in book.notes()):
                row.fault("notes", 1, f"{call} pops up as {shown!r}")
        row.fault("out", len(said["out"]), *said["out"][:4])
        row.fault("over", len(said["over"]), *said["over"][:4])


def mupdf(path, book, row, width):
    import pymupdf
    pymupdf.TOOLS.mupdf_display_errors(False)
    shown = pymupdf.open(path)
    shown.layout(width=width, height=740, fontsize=12 if width < 500 else 16)
    flags = pymupdf.TEXT_DEHYPHENATE | pymupdf.TEXT_PRESERVE_WHITESPACE
    pages = [page.get_text(flags=flags) for page in shown]
    # A word may go on below, with a hyphen of its own or without: letters are compared.
    row.letters("\n".join(book.words_of(name, below=True) for name in book.spine), "\n".join(pages))
    row.contents(book.contents(), [(label, page > 0) for _, label, page in shown.get_toc()])
    calls = []
    for page in shown:
        for link in page.get_links():
            if link["kind"] != pymupdf.LINK_GOTO or link.get("page", -1) < 0:
                continue
            at = link["from"] + (-1, -2, 1, 2)
            digits = re.findall(r"\d+", page.get_textbox(at))
            calls += [(number, link["page"]) for number in digits]
    wanted, by = book.notes(), {}
    for words, page in calls:
        by.setdefault(words, set()).add(page)
    for call, note, _ in wanted:
        # The note stands on the page that the call leads to, or begins at its foot and goes on.
        there = any(letters(note)[:16] in letters("".join(pages[page:page + 2])) for page in by.get(call.strip(), ()))
        row.fault("notes", 0 if there else 1, f"{call} leads to {sorted(by.get(call.strip(), ()))[:3]}")
    for at, page in enumerate(shown):
        spans = [span for block in page.get_text("dict")["blocks"] for line in block.get("lines", ()) for span in line["spans"] if span["text"].strip()]
        for span in spans:
            if span["bbox"][2] > page.rect.width + 1 or span["bbox"][3] > page.rect.height + 1 or span["bbox"][0] < -1:
                row.fault("out", 1, f"page {at + 1}: {span['text'][:50]}")
        spans.sort(key=lambda span: span["bbox"][1])
        for one in range(len(spans)):
            for other in range(one + 1, len(spans)):
                a, b = spans[one]["bbox"], spans[other]["bbox"]
                if b[1] >= a[3]:
                    break
                least = min(a[3] - a[1], b[3] - b[1])
                if min(a[2], b[2]) - max(a[0], b[0]) > 3 and min(a[3], b[3]) - b[1] > 0.7 * least:
                    row.fault("over", 1, f"page {at + 1}: {spans[one]['text'][:30]} / {spans[other]['text'][:30]}")


def ebooklib(path, book, row):
    import warnings
    warnings.simplefilter("ignore")
    import ebooklib as library
    from ebooklib import epub
    from lxml import etree
    shown = epub.read_epub(path)
    items = [shown.get_item_with_id(name) for name, _ in shown.spine]
    texts = []
    for item in items:
        tree = etree.fromstring(item.get_content())
        for hidden in tree.xpath("//*[@hidden]|//*[local-name()='rt' or local-name()='rp' or local-name()='script' or local-name()='head']"):
            hidden.getparent().remove(hidden) if not hidden.tail else setattr(hidden, "text", None) or [hidden.remove(c) for c in list(hidden)]
        texts.append("\n".join(tree.itertext()))
    # Words that are marked in part are one word: letters are compared, not words.
    row.letters("".join(map(book.words_of, book.spine)), "".join(re.sub(r"\n", "", text) for text in texts))
    def lines(toc):
        for entry in toc:
            head, inner = entry if isinstance(entry, tuple) else (entry, [])
            href = urldefrag(head.href)[0]
            yield head.title, shown.get_item_with_href(href) is not None
            yield from lines(inner)
    row.contents(book.contents(), list(lines(shown.toc)))
    row.fault("lost", 0 if shown.get_metadata("DC", "title") else 1, "the title")


def calibre(path, book, rows):
    with tempfile.TemporaryDirectory() as folder:
        def convert(source, ending, *more):
            out = os.path.join(folder, f"{os.path.basename(source)}.{ending}")
            ran = subprocess.run(["ebook-convert", source, out, *more], capture_output=True, text=True, env={**os.environ, "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox", "QT_QPA_PLATFORM": "offscreen"})
            if ran.returncode:
                raise RuntimeError((ran.stderr or ran.stdout)[-300:])
            return out
        for name, steps in (("Calibre EPUB", ("epub",)), ("Calibre AZW3", ("azw3", "epub"))):
            row = Row(name)
            rows.append(row)
            made = path
            try:
                for ending in steps:
                    made = convert(made, ending, *(["--no-inline-toc"] if ending == "azw3" else []))
                again = Book(made)
            except (RuntimeError, ElementTree.ParseError) as why:
                row.fault("lost", 1, str(why))
                continue
            # The page of the cover that Calibre adds.
            added = [name for name in again.spine if os.path.basename(name) == "titlepage.xhtml"]
            spine = [name for name in again.spine if name not in added[:1] or letters(again.words_of(name))]
            row.words("\n".join(map(book.words_of, book.spine)), "\n".join(map(again.words_of, spine)))
            row.contents(book.contents(), [(line, True) for line in again.contents()])
            calls, found = [note for note in book.notes()], {}
            for name in again.spine:
                for link in again.tree(name).iter(f"{X}a"):
                    file, target = again.resolve(name, link.get("href") or "")
                    if target is not None:
                        found.setdefault("".join(link.itertext()).strip(), []).append((again, file, target))
            for call, note, _ in calls:
                there = any(letters(note)[:20] in letters(follow(one, file, target)) for one, file, target in found.get(call.strip(), ()))
                row.fault("notes", 0 if there else 1, f"{call} of {note[:30]!r}")


def follow(book, file, target):
    """The words from a place on: converters put an anchor before what it names."""
    out, on = [], False
    for element in book.tree(file).iter():
        on = on or element is target
        if on:
            out.append(element.text or "")
            if sum(map(len, out)) > 200:
                break
    return text_of(target) + " ".join(out)


def left_out(name, why):
    print(f"{name} left out: {why}", file=sys.stderr)


KINDS = ("lost", "more", "contents", "notes", "out", "over")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("books", nargs="+")
    parser.add_argument("--node-modules", default="node_modules")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--show", action="store_true", help="what is wrong, in words")
    asked = parser.parse_args()
    paths = [os.path.abspath(path) for path in asked.books]
    rows = {path: [] for path in paths}
    browsers(paths, asked, rows)
    for path in paths:
        book = Book(path)
        for width in (360, 800):
            try:
                row = Row(f"MuPDF {width}")
                mupdf(path, book, row, width)
                rows[path].append(row)
            except ImportError:
                left_out("MuPDF", "no pymupdf")
        try:
            row = Row("ebooklib")
            ebooklib(path, book, row)
            rows[path].append(row)
        except ImportError:
            left_out("ebooklib", "it is not installed")
        if shutil.which("ebook-convert"):
            calibre(path, book, rows[path])
        else:
            left_out("Calibre", "no ebook-convert")
    bad = 0
    for path, found in rows.items():
        book = Book(path)
        print(f"\n{os.path.basename(path)}: {len(tokens(' '.join(map(book.words_of, book.spine))))} words, {len(book.contents())} lines of contents, {len(book.notes())} calls")
        print("".ljust(18) + "".join(kind.rjust(10) for kind in KINDS))
        for row in found:
            print(row.reader.ljust(18) + "".join(str(row.faults[kind]).rjust(10) for kind in KINDS))
            bad += sum(row.faults.values())
            if asked.show:
                for line in row.shown[:24]:
                    print(f"    {line[:200]}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
