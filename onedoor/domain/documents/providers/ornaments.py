"""The ornaments of the page, drawn by formulas: a guilloche border band, a rosette and a frangipani; no state emblem."""

from base64 import b64encode
from functools import lru_cache
from math import cos, pi, sin

INK = "#23395d"
GOLD = "#b98700"


def _svg(body: str, *, width: float, height: float) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
    return "data:image/svg+xml;base64," + b64encode((head + body + "</svg>").encode()).decode()


def _line(points: list[tuple[float, float]], *, colour: str, weight: float) -> str:
    joined = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f'<path d="M{joined}" fill="none" stroke="{colour}" stroke-width="{weight:g}"/>'


@lru_cache(maxsize=1)
def rosette() -> str:
    """A faint spirograph for the ground of the page (data address of an SVG)."""
    lines = []
    for ring, (petals, depth) in enumerate([(24, 0.16), (36, 0.1), (18, 0.22)]):
        for shift in range(6):
            phase = shift * pi / 3 / petals * 2
            points = []
            for step in range(721):
                angle = step * pi / 360
                radius = (290 - 70 * ring) * (1 - depth + depth * sin(petals * angle + phase * petals))
                points.append((300 + radius * cos(angle), 300 + radius * sin(angle)))
            lines.append(_line(points, colour="#dfe5ef" if ring != 1 else "#efe6cf", weight=0.7))
    return _svg("".join(lines), width=600, height=600)


@lru_cache(maxsize=4)
def band(length: int, *, upright: bool = False) -> str:
    """A band of crossing waves along a page edge, ``length`` in tenths of a millimetre (data address of an SVG)."""
    lines = []
    waves = max(round(length / 60), 1)
    for shift in range(4):
        points = []
        for step in range(waves * 8 + 1):
            along = length * step / (waves * 8)
            across = 20 + 14 * sin(2 * pi * waves * along / length + shift * pi / 2)
            points.append((across, along) if upright else (along, across))
        lines.append(_line(points, colour=INK if shift % 2 else GOLD, weight=1.6))
    size = {"width": 40, "height": length} if upright else {"width": length, "height": 40}
    return _svg("".join(lines), **size)


@lru_cache(maxsize=1)
def flower() -> str:
    """The frangipani, dok champa: five petals turned about the middle (data address of an SVG)."""
    petal = "M50 48C36 40 32 18 44 6C58 4 66 24 50 48Z"
    petals = "".join(
        f'<path d="{petal}" transform="rotate({72 * turn} 50 50)" fill="#fff8e6" stroke="{GOLD}" stroke-width="1.6"/>'
        f'<path d="M50 48C45 40 44 30 47 22" transform="rotate({72 * turn} 50 50)" fill="none" stroke="#e2a400" '
        'stroke-width="2.4"/>'
        for turn in range(5)
    )
    return _svg(petals + '<circle cx="50" cy="50" r="4.5" fill="#e2a400"/>', width=100, height=100)
