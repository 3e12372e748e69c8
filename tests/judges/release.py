"""Judges the files of a release; see `release` beside it."""
import hashlib
import json
import pathlib
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as etree

HOME = pathlib.Path(sys.argv[1])


def onix(path):
    import onixcheck

    for fault in onixcheck.validate(str(path), schemas=("xsd", "rng")):
        yield " ".join(str(fault).split())[:300]
    tree = etree.parse(path)
    names = {"o": re.match(r"\{(.*)\}", tree.getroot().tag)[1]}
    for product in tree.iterfind("o:Product", names):
        texts = lambda tag: [element.text or "" for element in product.iter(f"{{{names['o']}}}{tag}")]
        # What the schemas let through.
        codes = texts("ProductFormFeatureValue")
        if {"04", "82", "85"} & set(codes) and not {"90", "91"} <= set(codes):
            yield "conformity is claimed without its certifier and its date"
        for amount in texts("PriceAmount"):
            if float(amount) <= 0:
                yield f"a price of {amount}"
        for number in product.iterfind("o:ProductIdentifier", names):
            value = number.findtext("o:IDValue", "", names)
            if number.findtext("o:ProductIDType", "", names) == "15" and not is_isbn(value):
                yield f"{value} is no ISBN"
        for text in product.iterfind(".//o:TextContent", names):
            words = "".join(text.find("o:Text", names).itertext())
            if text.findtext("o:TextType", "", names) == "02" and len(words) > 350:
                yield "a short description of more than 350 letters"


def is_isbn(digits):
    return bool(re.fullmatch(r"97[89]\d{10}", digits)) and sum(int(d) * (1, 3)[at % 2] for at, d in enumerate(digits)) % 10 == 0


def crossref(path):
    import xmlschema

    folder = HOME / "schemas/commonmeta/resources/crossref"
    places = {
        "http://www.w3.org/1998/Math/MathML": str(folder / "standard-modules/mathml3/mathml3.xsd"),
        "http://www.w3.org/XML/1998/namespace": str(folder / "xml.xsd"),
    }
    schema = xmlschema.XMLSchema11(str(folder / "crossref5.5.0.xsd"), locations=places, allow="local")
    # The schema at hand is 5.5.0; what is written is 5.4.0, which differs in nothing that a title needs.
    text = path.read_text("utf-8").replace("schema/5.4.0", "schema/5.5.0").replace('version="5.4.0"', 'version="5.5.0"')
    for fault in schema.iter_errors(text):
        yield f"{fault.path} {' '.join(str(fault.reason).split())[:240]}"
    if "<doi>10." not in text:
        yield "no DOI is deposited"


def datacite(path):
    import jsonschema

    schema = next((HOME / "schemas").glob("datacite/schemas/datacite-v4.5.json"))
    for fault in jsonschema.Draft7Validator(json.loads(schema.read_text())).iter_errors(json.loads(path.read_text("utf-8"))):
        yield f"{list(fault.path)} {fault.message[:200]}"


def marc(path):
    import pymarc

    for record in pymarc.parse_xml_to_array(str(path)):
        leader = str(record.leader)
        if len(leader) != 24 or leader[9] != "a":
            yield f"the leader is {leader!r}"
        for tag in ("001", "003", "005", "008", "245", "264", "300"):
            if not record.get_fields(tag):
                yield f"no {tag}"
        if [len(field.data) for field in record.get_fields("008")] != [40]:
            yield "008 has not 40 letters"
        for field in record.get_fields("020"):
            if not is_isbn((field.get("a") or field.get("z") or "").replace("-", "")):
                yield f"020 {field}"
        if record.get_fields("490") and not record.get_fields("830"):
            yield "490 without 830"


def repec(path):
    data = path.read_bytes()
    if not data.startswith(b"\xef\xbb\xbf"):
        yield "it begins without a byte-order mark, and would be read as Windows-1252"
    text = data.decode("utf-8-sig")
    for field in ("Template-Type: ReDIF-Paper 1.0", "Author-Name: ", "Title: ", "Handle: RePEc:", "Abstract: ", "Creation-Date: "):
        if field not in text:
            yield f"no {field.strip()}"
    for line in text.splitlines():
        if line.strip() and not re.match(r"[A-Z][A-Za-z-]*: |\s", line):
            yield f"a line that is no field: {line[:60]}"


def bibtex(path):
    import pybtex.database

    entries = pybtex.database.parse_file(str(path)).entries
    if len(entries) != 1 or not all("title" in entry.fields for entry in entries.values()):
        yield "it is not one entry with a title"


def ris(path):
    import rispy

    text = path.read_bytes().decode("utf-8")
    entries = rispy.loads(text)
    if len(entries) != 1 or "\r\n" not in text or not text.rstrip().endswith("ER  -"):
        yield "it is not one entry with lines of RIS"


def csl(path):
    for item in json.loads(path.read_text("utf-8")):
        if not {"id", "type", "title"} <= set(item):
            yield "an item without id, type and title"


def publication(entry):
    meta = entry.get("metadata", {})
    if not meta.get("title"):
        yield "a publication without a title"
    if not entry.get("links") and not entry.get("readingOrder"):
        yield "a publication without links"
    for name in ("published", "modified"):
        if name in meta and not re.match(r"\d{4}-\d\d-\d\d", meta[name]):
            yield f"{name} is {meta[name]}"


def opds2(path):
    feed = json.loads(path.read_text("utf-8"))
    if not feed["metadata"].get("title") or not any(link["rel"] == "self" and "://" in link["href"] for link in feed["links"]):
        yield "a feed without a title or its own address"
    for entry in feed["publications"]:
        yield from publication(entry)
        if not any(link["rel"].startswith("http://opds-spec.org/acquisition") for link in entry["links"]):
            yield "a publication that nobody can get"
    ids = [entry["metadata"]["identifier"] for entry in feed["publications"]]
    if len(set(ids)) != len(ids):
        yield "two publications of one number"


def opds1(path):
    atom = {"a": "http://www.w3.org/2005/Atom"}
    feed = etree.parse(path).getroot()
    for entry in [feed, *feed.iterfind("a:entry", atom)]:
        for tag in ("id", "title", "updated"):
            if not entry.findtext(f"a:{tag}", "", atom):
                yield f"no {tag}"
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entry.findtext("a:updated", "", atom)):
            yield "updated is no moment"
    ids = [entry.findtext("a:id", "", atom) for entry in feed.iterfind("a:entry", atom)]
    if len(set(ids)) != len(ids):
        yield "two entries of one number"


def manifest(path):
    whole = json.loads(path.read_text("utf-8"))
    yield from publication(whole)
    for part in whole["readingOrder"] + whole.get("resources", []):
        if not part.get("type") or not (path.parent / part["href"]).is_file():
            yield f"{part.get('href')} has no type or is not there"


def report(path):
    whole = json.loads(path.read_text("utf-8"))
    for check in whole["checks"]:
        if not check["tool"] or not check["version"] or check["result"] not in ("passed", "failed", "allowed", "inapplicable"):
            yield f"the check {check['id']} has no tool, version or result"
    if whole["conformance"]["claimed"] != bool(whole["conformance"].get("certifier")):
        yield "conformity is claimed without a certifier"
    for question in whole["questions"]:
        if question["answer"] and not (question.get("by") and question.get("on")):
            yield f"nobody answered {question['id']}"


def cover(path):
    data, at = path.read_bytes(), 2
    while at < len(data) and data[at] == 0xFF and data[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    height, width, parts = struct.unpack(">HHB", data[at + 5 : at + 10])
    if data[at + 1] == 0xC2 or parts != 3:
        yield "it is not baseline RGB"
    if (width, height) != {"cover.jpg": (1600, 2560), "og.jpg": (1200, 630)}.get(path.name, (400, 640)):
        yield f"it has {width} × {height} pixels"


def sums(path):
    files = json.loads(path.read_text("utf-8"))["files"]
    listed = [file["path"] for file in files]
    if listed != sorted(listed):
        yield "files are not in the order of their names"
    for file in files:
        data = (path.parent / file["path"]).read_bytes()
        if len(data) != file["bytes"] or hashlib.sha256(data).hexdigest() != file["sha256"]:
            yield f"{file['path']} is another file"
    there = {str(found.relative_to(path.parent)) for found in path.parent.rglob("*") if found.is_file()}
    for name in sorted(there - set(listed) - {"release.json", "SHA256SUMS"}):
        yield f"{name} is not listed"


def pages(paths):
    """The faults of all pages, by page: the checker begins once for all."""
    jar = HOME / "package/build/dist/vnu.jar"
    asked = ["java", "-Xss2m", "-jar", str(jar), "--format", "json", "--exit-zero-always", *map(str, paths)]
    ran = subprocess.run(asked, capture_output=True, text=True)
    found = {path: [] for path in paths}
    for said in json.loads(ran.stderr or ran.stdout)["messages"]:
        # Notes on the slash of empty elements are no faults.
        if said["type"] == "error" or said.get("subType") == "fatal":
            page = pathlib.Path(said.get("url", "").removeprefix("file:"))
            found.setdefault(page, []).append(f"line {said.get('lastLine')}: {said['message'][:200]}")
    return found


JUDGES = {
    "onix.xml": onix, "crossref.xml": crossref, "datacite.json": datacite, "marc.xml": marc, "repec.rdf": repec,
    "cite.bib": bibtex, "cite.ris": ris, "cite.json": csl, "opds.json": opds2, "opds.xml": opds1, "manifest.json": manifest,
    "accessibility-report.json": report, "cover.jpg": cover, "cover-400.jpg": cover, "og.jpg": cover, "release.json": sums,
}


def main():
    folders = [pathlib.Path(name).resolve() for name in sys.argv[2:]]
    files = sorted(file for folder in folders for file in folder.rglob("*") if file.is_file())
    html = [file for file in files if file.suffix == ".html"]
    faults = pages(html) if html else {}
    for file in files:
        if file.name in JUDGES:
            try:
                faults[file] = list(JUDGES[file.name](file))
            except (ValueError, KeyError, AttributeError, TypeError, etree.ParseError) as error:
                faults[file] = [f"cannot be read: {error!r}"]
    for file, found in sorted(faults.items()):
        print(f"{file} {'FAIL' if found else 'PASS'}")
        for fault in found[:20]:
            print(f"  {fault}")
    sys.exit(1 if not faults or any(faults.values()) else 0)


main()
