#!/usr/bin/env python3
"""Draws the pictures of the sample paper into the folder of this file.

    python3 manuscript/images/draw.py          the SVG files, with Python's standard library alone
    python3 manuscript/images/draw.py --png    and the PNG files, with Chromium and Pillow

The same script draws the same SVG files on every machine.
"""

import base64
import math
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent.parent / "fonts"

INK, ACCENT, GOLD, GROUND = "#14304A", "#B8452F", "#E3B457", "#EEF2F5"
GREY, RULE = "#51606D", "#9AA7B2"


# --- the cover: a relief in contour lines -------------------------------------------------------------------

WIDTH, HEIGHT = 2550, 2112  # 8.5 x 7.04 in at 300 dpi
CELL, MARGIN = 12, 360

# Summits and hollows: x, y, half width along and across, turn in degrees, height.
HILLS = [
    (1890, 900, 400, 300, -28, 1.00),
    (2230, 430, 420, 230, 35, 0.34),
    (560, 560, 560, 300, 18, 0.62),
    (900, 1640, 620, 330, -14, 0.74),
    (1290, 1080, 330, 200, 60, 0.20),
    (2330, 1800, 480, 330, 12, 0.52),
    (150, 1320, 300, 260, 0, 0.22),
    (1250, 300, 300, 260, 0, -0.20),
    (1560, 1560, 330, 260, 20, -0.24),
    (330, 1000, 330, 200, -20, -0.14),
    (1700, 1180, 260, 200, -40, 0.16),
]
SUMMIT = (1890, 900)
RED_FROM = 0.94  # on a gold line
STEP, FIRST, LEVELS = 0.04, 0.06, 28


def height_at(x, y):
    """The height of the relief at a point, with a slow warp so that nothing is an ellipse."""
    wx = x + 62 * math.sin(y / 310 + 0.6) + 24 * math.sin((x + y) / 170)
    wy = y + 54 * math.sin(x / 370 + 1.9) + 20 * math.sin((x - 1.4 * y) / 210)
    total = 0.05 * math.sin(x / 520) * math.cos(y / 430) + 0.10
    for cx, cy, along, across, turn, size in HILLS:
        turn = math.radians(turn)
        dx, dy = wx - cx, wy - cy
        u = (dx * math.cos(turn) + dy * math.sin(turn)) / along
        v = (dy * math.cos(turn) - dx * math.sin(turn)) / across
        total += size * math.exp(-(u * u + v * v) / 1.6)
    return total


def grid():
    """Heights on a grid that reaches beyond the picture; its rim is sunk, so that every contour closes."""
    columns = (WIDTH + 2 * MARGIN) // CELL + 1
    rows = (HEIGHT + 2 * MARGIN) // CELL + 1
    heights = [[height_at(i * CELL - MARGIN, j * CELL - MARGIN) for i in range(columns)] for j in range(rows)]
    for j in range(rows):
        for i in range(columns):
            if i in (0, columns - 1) or j in (0, rows - 1):
                heights[j][i] = -1.0
    return heights


def contours(heights, level):
    """The closed lines at one level, by marching squares."""
    onward = {}

    def crossing(i, j, k, l):
        a, b = heights[j][i], heights[l][k]
        t = (level - a) / (b - a)
        return (i + t * (k - i)) * CELL - MARGIN, (j + t * (l - j)) * CELL - MARGIN

    points = {}
    for j in range(len(heights) - 1):
        for i in range(len(heights[0]) - 1):
            corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
            inside = [heights[b][a] > level for a, b in corners]
            if all(inside) or not any(inside):
                continue
            leaving, entering = [], []
            for n in range(4):
                a, b = corners[n], corners[(n + 1) % 4]
                if inside[n] != inside[(n + 1) % 4]:
                    edge = (min(a, b), max(a, b))
                    points[edge] = crossing(*edge[0], *edge[1])
                    (leaving if inside[n] else entering).append(edge)
            for start, end in zip(leaving, entering if len(leaving) == 1 else entering[::-1]):
                onward.setdefault(start, end)
    lines = []
    while onward:
        first = edge = min(onward)
        line = []
        while edge in onward:
            line.append(points[edge])
            edge = onward.pop(edge)
        if edge == first and len(line) > 16:
            lines.append(line)
    return lines


def smooth(line):
    """A closed line as a path of cubic curves through every second point (Catmull-Rom)."""
    line = line[::2] if len(line) > 24 else line
    count = len(line)
    out = [f"M{line[0][0]:.0f} {line[0][1]:.0f}"]
    for n in range(count):
        before, a, b, after = (line[(n + k) % count] for k in (-1, 0, 1, 2))
        c1 = (a[0] + (b[0] - before[0]) / 6, a[1] + (b[1] - before[1]) / 6)
        c2 = (b[0] - (after[0] - a[0]) / 6, b[1] - (after[1] - a[1]) / 6)
        out.append("C" + " ".join(f"{v:.0f}" for v in (*c1, *c2, *b)))
    return "".join(out) + "Z"


def holds(line, point):
    """Whether a closed line goes round a point."""
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in zip(line, line[1:] + line[:1]):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
    return odd


def mix(a, b, t):
    """A colour between two."""
    pairs = [(int(a[n : n + 2], 16), int(b[n : n + 2], 16)) for n in (1, 3, 5)]
    return "#" + "".join(f"{round(p + (q - p) * t):02X}" for p, q in pairs)


def cover():
    heights = grid()
    fills, lines, index, red, red_lines = [], [], [], [], []
    for n in range(LEVELS):
        level = FIRST + n * STEP
        found = contours(heights, level)
        blue = [line for line in found if not (level > RED_FROM - STEP / 2 and holds(line, SUMMIT))]
        hot = [line for line in found if line not in blue]
        if blue:
            path = "".join(smooth(line) for line in blue)
            fills.append(f'<path d="{path}" fill="{mix(INK, "#235079", min(1.0, n / 20))}"/>')
            (index if n % 5 == 2 else lines).append(path)
        if hot:
            path = "".join(smooth(line) for line in hot)
            step = round((level - RED_FROM) / STEP)
            red.append(f'<path d="{path}" fill="{mix(ACCENT, "#C9573F", min(1.0, step / 7))}"/>')
            (index if n % 5 == 2 else red_lines).append(path)
    x, y = SUMMIT
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">
<title>Contour lines round four heights, the tallest of them red</title>
<rect width="{WIDTH}" height="{HEIGHT}" fill="{INK}"/>
<g fill-rule="evenodd">
{chr(10).join(fills)}
{chr(10).join(red)}
</g>
<g fill="none" stroke-linejoin="round">
<path d="{''.join(lines)}" stroke="#5E89AE" stroke-width="2.2"/>
<path d="{''.join(red_lines)}" stroke="#E9A78F" stroke-width="2.2"/>
<path d="{''.join(index)}" stroke="{GOLD}" stroke-width="4.4"/>
</g>
</svg>
"""


# --- the chart ------------------------------------------------------------------------------------------------


def chart():
    """Two bars from a base of nought, in points: as wide as the measure, 5.1 in."""
    left, whole = 82.0, 246.0
    text = 'font-family="\'Source Sans 3\', \'Source Sans Pro\', sans-serif" font-size="9.2"'
    out = []
    for value in (0, 25, 50, 75, 100):
        x = left + whole * value / 100
        out.append(f'<path d="M{x:g} 6V66" stroke="{RULE}" stroke-width="0.4"/>')
        out.append(
            f'<text x="{x:g}" y="76.5" text-anchor="middle" font-size="8" fill="{GREY}">{value}</text>'
        )
    for y, name, value, said, colour in (
        (12.0, "Typical year", 95, "over 95", INK),
        (40.0, "2023", 98, "98", ACCENT),
    ):
        wide = whole * value / 100
        out += [
            f'<text x="0" y="{y + 13.2:g}">{name}</text>',
            f'<rect x="{left:g}" y="{y:g}" width="{whole:g}" height="20" fill="#D3DBE2"/>',
            f'<rect x="{left:g}" y="{y:g}" width="{wide:g}" height="20" fill="{colour}"/>',
            f'<text x="{left + 7:g}" y="{y + 13.2:g}" fill="#FFFFFF" font-weight="600">China</text>',
            f'<text x="{left + whole + 5:g}" y="{y + 13.2:g}" font-weight="600">{said}</text>',
        ]
    out += [
        f'<path d="M{left:g} 6V66" stroke="{INK}" stroke-width="1"/>',
        f'<rect x="{left:g}" y="86" width="8" height="8" fill="#D3DBE2"/>',
        f'<text x="{left + 13:g}" y="93.2" font-size="8" fill="{GREY}">All other partners</text>',
    ]
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="367.2pt" height="98pt" viewBox="0 0 367.2 98">
<title>China's share of North Korea's external trade: over 95 per cent in a typical year, 98 per cent in 2023</title>
<g {text} fill="#000000">
{chr(10).join(out)}
</g>
</svg>
"""


def large_chart():
    """The same for large print and for phones: names and values in black above their bars, no letter smaller than
    another, and all of them 18 pt where the drawing is 475 pt wide."""
    left, whole = 6.0, 358.0
    text = 'font-family="\'Source Sans 3\', \'Source Sans Pro\', sans-serif" font-size="14.4"'
    out = []
    for value in (0, 25, 50, 75, 100):
        x = left + whole * value / 100
        out.append(f'<path d="M{x:g} 18V112" stroke="{RULE}" stroke-width="0.6"/>')
        out.append(f'<text x="{x:g}" y="129" text-anchor="middle">{value}</text>')
    for y, name, value, said, colour in (
        (22.0, "China, typical year", 95, "over 95", INK),
        (84.0, "China, 2023", 98, "98", ACCENT),
    ):
        wide = whole * value / 100
        out += [
            f'<rect x="{left:g}" y="{y - 19:g}" width="{whole:g}" height="18" fill="#FFFFFF"/>',
            f'<text x="{left:g}" y="{y - 6:g}">{name}</text>',
            f'<text x="{left + whole:g}" y="{y - 6:g}" text-anchor="end" font-weight="600">{said}</text>',
            f'<rect x="{left:g}" y="{y:g}" width="{whole:g}" height="24" fill="#D3DBE2"/>',
            f'<rect x="{left:g}" y="{y:g}" width="{wide:g}" height="24" fill="{colour}"/>',
        ]
    out += [
        f'<path d="M{left:g} 18V46M{left:g} 84V112" stroke="{INK}" stroke-width="1.4"/>',
        f'<rect x="{left:g}" y="143" width="12" height="12" fill="#D3DBE2"/>',
        f'<text x="{left + 19:g}" y="154">All other partners</text>',
    ]
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="380pt" height="160pt" viewBox="0 0 380 160">
<title>China's share of North Korea's external trade: over 95 per cent in a typical year, 98 per cent in 2023</title>
<g {text} fill="#000000">
{chr(10).join(out)}
</g>
</svg>
"""


# --- the emblem of the contributors -----------------------------------------------------------------------------


def emblem():
    """Five sheets that turn about one spine, the front one with a red fold."""
    sheets = []
    for n in range(5):
        turn = -14 + 7 * n
        tone = mix("#3B648A", "#FFFFFF", n / 4)
        sheets.append(
            f'<g transform="translate(0 -34) rotate({turn} 450 1360)">'
            f'<path d="M290 350H540L620 430V790H290Z" fill="{tone}" stroke="{INK}" stroke-width="6" stroke-linejoin="round"/>'
        )
        fold = ACCENT if n == 4 else mix(tone, INK, 0.35)
        sheets.append(f'<path d="M540 350V430H620Z" fill="{fold}"/>')
        if n == 4:
            for k, wide in enumerate((170, 240, 240, 210, 240, 130)):
                y = 490 + 48 * k
                sheets.append(f'<path d="M335 {y}H{335 + wide}" stroke="{GOLD if k == 0 else RULE}" stroke-width="{12 if k == 0 else 8}"/>')
        sheets.append("</g>")
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="900" height="1125" viewBox="0 0 900 1125">
<title>Five sheets of paper, fanned out</title>
<rect width="900" height="1125" fill="{INK}"/>
{chr(10).join(sheets)}
</svg>
"""


# --- the mark of the publisher ----------------------------------------------------------------------------------

# The letter r of Source Serif 4 Display Semibold (SIL Open Font License 1.1), in thousandths of an em.
LETTER = "M30 0H266V19L196 28C194 80 193 156 193 211V286C209 340 238 383 266 407L275 395C294 367 314 356 340 356C371 356 398 376 401 415C393 452 367 468 332 468C274 468 226 422 193 330V459L183 468L26 420V404L93 387C95 344 95 308 95 249V211C95 156 95 80 93 28L30 19Z"


def logo():
    """A letter on a sheet whose corner is turned: dark on white, and framed, so that it holds on either ground."""
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96">
<title>recto project</title>
<path d="M2 2H68L94 28V94H2Z" fill="#FFFFFF" stroke="{INK}" stroke-width="4" stroke-linejoin="miter"/>
<path d="M68 4.8L91.2 28H68Z" fill="{ACCENT}"/>
<path d="{LETTER}" transform="translate(26.5 81) scale(0.105 -0.105)" fill="{INK}"/>
</svg>
"""


# --- writing --------------------------------------------------------------------------------------------------


def encoded(cut):
    """A bundled face, to be read from inside a page."""
    return base64.b64encode((FONTS / "source-sans-3" / f"SourceSans3-{cut}.otf").read_bytes()).decode("ascii")


def photograph(name, width, height, scale, colours, clear=False):
    """A PNG of an SVG, by Chromium; `colours` limits the palette, which flat art does not miss."""
    from PIL import Image

    faces = "".join(
        f'@font-face{{font-family:"Source Sans 3";font-weight:{weight};src:url("data:font/otf;base64,{encoded(cut)}")}}'
        for weight, cut in ((400, "Regular"), (600, "Semibold"))
    )
    drawing = (HERE / f"{name}.svg").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder, "page.html"), Path(folder, "shot.png")
        page.write_text(
            f"<!doctype html><meta charset=utf-8><style>{faces}body{{margin:0;background:transparent}}"
            f"svg{{display:block;width:{width}px;height:{height}px}}</style>{drawing}",
            encoding="utf-8",
        )
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--allow-file-access-from-files", "--virtual-time-budget=3000", f"--user-data-dir={folder}/profile",
             f"--force-device-scale-factor={scale}", f"--window-size={max(width, 800)},{height + 600}",
             *(["--default-background-color=00000000"] if clear else []), f"--screenshot={shot}", page.as_uri()],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        picture = Image.open(shot).convert("RGBA" if clear else "RGB").crop((0, 0, width * scale, height * scale))
        if colours:
            picture = picture.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        picture.save(HERE / f"{name}.png", optimize=True, dpi=(300, 300))


def main():
    drawings = {
        "cover": cover(),
        "trade-dependence": chart(),
        "trade-dependence-large": large_chart(),
        "contributors": emblem(),
        "logo": logo(),
    }
    for name, drawing in drawings.items():
        (HERE / f"{name}.svg").write_text(drawing, encoding="utf-8")
    if "--png" in sys.argv[1:]:
        photograph("cover", WIDTH, HEIGHT, 1, 128)
        photograph("trade-dependence", 368, 98, 6, 0)
        photograph("contributors", 900, 1125, 1, 64)
        photograph("logo", 96, 96, 8, 0, clear=True)


if __name__ == "__main__":
    main()
