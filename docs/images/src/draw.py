#!/usr/bin/env python3
"""Draws ../NAME.svg from each NAME.boxes and NAME.seq in this folder.

Python 3 and nothing else. The pictures are committed; no build needs this. They carry their own
background and colours for light and dark, and are narrow enough to be read on a phone.

NAME.boxes                             NAME.seq
  title TEXT                             title TEXT
  size WIDTH HEIGHT                      actors A | B | C
  group X Y W H TEXT                     A -> B: TEXT       a call
  box X Y W H TEXT | TEXT ...            A --> B: TEXT      an answer
  main X Y W H TEXT | TEXT ...           A ->> B: TEXT      a call in the background
  arrow X Y X Y [X Y ...]                note A: TEXT | TEXT ...
  dashed X Y X Y [X Y ...]               part TEXT          a line across, with a caption
  text X Y TEXT (start)
  middle X Y TEXT
"""
import html
import pathlib

WIDTH = 640
STYLE = """
svg{font:15px system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
.paper{fill:#fff}.ink{fill:#1f2328}.soft{fill:#57606a}.box{fill:#f6f8fa;stroke:#8c959f}.main{fill:#fff1e5;stroke:#bc4c00}
.group{fill:none;stroke:#8c959f;stroke-dasharray:2 4}.line{fill:none;stroke:#57606a;stroke-width:1.5}.life{stroke:#d0d7de}
.dash{stroke-dasharray:6 4}.head{fill:#57606a}.note{fill:#fff8c5;stroke:#d4a72c}.b{font-weight:600}.s{font-size:13px}
@media(prefers-color-scheme:dark){.paper{fill:#0d1117}.ink{fill:#e6edf3}.soft{fill:#9ea7b3}.box{fill:#161b22;stroke:#6e7681}
.main{fill:#3d1e00;stroke:#f0883e}.group{stroke:#6e7681}.line{stroke:#9ea7b3}.life{stroke:#30363d}.head{fill:#9ea7b3}
.note{fill:#2d2600;stroke:#9e7b13}}
"""


class Picture:

    def __init__(self):
        self.parts = []
        self.label = ""

    def add(self, text):
        self.parts.append(text)

    def text(self, x, y, text, css="ink", anchor="middle"):
        self.add(f'<text class="{css}" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{html.escape(text)}</text>')

    def box(self, x, y, w, h, text, css):
        self.add(f'<rect class="{css}" x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="6"/>')
        lines = [line.strip() for line in text.split("|")]
        top = y + h / 2 + 5 - 9.5 * (len(lines) - 1)
        for at, line in enumerate(lines):
            self.text(x + w / 2, top + 19 * at, line, "ink b" if at == 0 and css != "note" else "ink s")

    def line(self, points, dashed=False):
        path = "M" + " L".join(f"{x:g} {y:g}" for x, y in points)
        self.add(f'<path class="line{" dash" if dashed else ""}" d="{path}" marker-end="url(#head)"/>')

    def svg(self, width, height):
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
                f'height="{height:g}" role="img" aria-label="{html.escape(self.label)}">\n'
                f'<title>{html.escape(self.label)}</title>\n<style>{STYLE}</style>\n'
                '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
                'orient="auto-start-reverse"><path class="head" d="M0 1 L10 5 L0 9 z"/></marker></defs>\n'
                '<rect class="paper" width="100%" height="100%" rx="8"/>\n' + "\n".join(self.parts) + "\n</svg>\n")


def statements(source):
    for line in source.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def boxes(source):
    picture, size = Picture(), (WIDTH, 400)
    for line in statements(source):
        word, rest = line.split(" ", 1)
        fields = rest.split()
        if word == "title":
            picture.label = rest
        elif word == "size":
            size = (float(fields[0]), float(fields[1]))
        elif word in ("box", "main"):
            picture.box(*map(float, fields[:4]), rest.split(None, 4)[4], word)
        elif word == "group":
            x, y, w, h = map(float, fields[:4])
            picture.add(f'<rect class="group" x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="8"/>')
            picture.text(x + 10, y + h - 9, rest.split(None, 4)[4], "soft s", "start")
        elif word in ("arrow", "dashed"):
            numbers = list(map(float, fields))
            picture.line(list(zip(numbers[::2], numbers[1::2])), word == "dashed")
        elif word in ("text", "middle"):
            label(picture, float(fields[0]), float(fields[1]), rest.split(None, 2)[2], "soft s",
                  "start" if word == "text" else "middle")
        else:
            raise SystemExit(f"{source.name}: {line}")
    return picture.svg(*size)


def sequence(source):
    picture, steps, actors = Picture(), [], []
    for line in statements(source):
        if line.startswith("title "):
            picture.label = line[6:]
        elif line.startswith("actors "):
            actors = [actor.strip() for actor in line[7:].split("|")]
        else:
            steps.append(line)
    gap = WIDTH / len(actors)
    place = {actor: gap * (at + 0.5) for at, actor in enumerate(actors)}
    drawn, y = Picture(), 62
    for step in steps:
        y = draw_step(drawn, step, place, y, gap)
    for actor, x in place.items():
        picture.add(f'<line class="life" x1="{x:g}" y1="44" x2="{x:g}" y2="{y - 6:g}"/>')
        picture.box(x - gap / 2 + 6, 10, gap - 12, 34, actor, "box")
    picture.parts += drawn.parts
    return picture.svg(WIDTH, y + 6)


def draw_step(picture, step, place, y, gap):
    if step.startswith("part "):
        picture.add(f'<line class="life dash" x1="8" y1="{y + 8:g}" x2="{WIDTH - 8}" y2="{y + 8:g}"/>')
        label(picture, 12, y + 27, step[5:], "soft b s", "start")
        return y + 40
    if step.startswith("note "):
        actor, text = step[5:].split(":", 1)
        lines = text.split("|")
        width = max(len(line.strip()) for line in lines) * 7.0 + 22
        height = 18 * len(lines) + 12
        x = min(max(place[actor.strip()] - width / 2, 6), WIDTH - 6 - width)
        picture.add(f'<rect class="note" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="4"/>')
        for at, line in enumerate(lines):
            picture.text(x + width / 2, y + 20 + 18 * at, line.strip(), "ink s")
        return y + height + 14
    arrow = next(a for a in ("-->", "->>", "->") if f" {a} " in step)
    ends, text = step.split(":", 1)
    start, end = (place[actor.strip()] for actor in ends.split(f" {arrow} "))
    text = text.strip()
    half = len(text) * 3.4 + 6
    middle = min(max((start + end) / 2, half), WIDTH - half)
    label(picture, middle, y + 12, text, "ink s", "middle")
    picture.line([(start, y + 20), (end + (2 if start > end else -2), y + 20)], arrow != "->")
    return y + 36


def label(picture, x, y, text, css, anchor):
    width = len(text) * 6.9 + 6
    left = x - width / 2 if anchor == "middle" else x - 3
    picture.add(f'<rect class="paper" x="{left:g}" y="{y - 13:g}" width="{width:g}" height="17"/>')
    picture.text(x, y, text, css, anchor)


here = pathlib.Path(__file__).parent
for file in sorted(here.iterdir()):
    draw = {".boxes": boxes, ".seq": sequence}.get(file.suffix)
    if draw:
        (here.parent / f"{file.stem}.svg").write_text(draw(file))
