"""How many dots a picture unpacks to, read from its header: nothing is decoded, because a small file can hold a vast picture."""

# Frame headers of JPEG: baseline to lossless, without the tables (C4), an extension (C8) and arithmetic settings (CC).
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
SCAN, END = 0xDA, 0xD9
HIERARCHY = 0xDE  # the size of a whole hierarchy of frames, written like a frame
ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without contents


def dots(content: bytes, kind: str) -> int:
    """Width times height of a PNG or JPEG (by media type); 0 where the header does not say it."""
    return _of_jpeg(content) if kind == "image/jpeg" else _of_png(content)


def _of_png(content: bytes) -> int:
    return int.from_bytes(content[16:20], "big") * int.from_bytes(content[20:24], "big")


def _of_jpeg(content: bytes) -> int:
    """The largest frame before the first scan; 0 when there is none, or one whose height comes only after its scan."""
    largest, at = 0, 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker in ALONE:
            at += 2
            continue
        if marker in (SCAN, END):
            return largest
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in FRAMES or marker == HIERARCHY:
            high, wide = content[at + 5 : at + 7], content[at + 7 : at + 9]
            found = int.from_bytes(high, "big") * int.from_bytes(wide, "big")
            if length < 8 or not found:
                return 0
            largest = max(largest, found)
        at += 2 + max(length, 2)
    return 0
