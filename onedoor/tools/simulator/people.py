"""Invented people and what they write in forms. Any likeness is by chance."""

from __future__ import annotations

import struct
import zlib
from datetime import date, timedelta
from random import Random
from typing import Any

GIVEN = {
    "female": (
        ("ດາວ", "Dao"),
        ("ແກ້ວ", "Keo"),
        ("ມະນີວັນ", "Manivanh"),
        ("ບົວ", "Boua"),
        ("ຄຳຫຼ້າ", "Khamla"),
        ("ນ້ອຍ", "Noy"),
        ("ວິໄລພອນ", "Vilayphone"),
        ("ສຸດາ", "Souda"),
        ("ພອນສະຫວັນ", "Phonesavanh"),
        ("ຈັນທະລາ", "Chanthala"),
    ),
    "male": (
        ("ສົມສັກ", "Somsack"),
        ("ບຸນມີ", "Bounmy"),
        ("ຄຳແພງ", "Khampheng"),
        ("ທອງສຸກ", "Thongsouk"),
        ("ສີສະຫວາດ", "Sisavath"),
        ("ວຽງໄຊ", "Viengxay"),
        ("ອານຸສອນ", "Anousone"),
        ("ພູວົງ", "Phouvong"),
        ("ແສງຈັນ", "Sengchanh"),
        ("ຕຸ້ຍ", "Touy"),
    ),
}
FAMILY = (
    ("ວົງໄຊ", "Vongxay"),
    ("ສີສຸກ", "Sisouk"),
    ("ພົມມະຈັນ", "Phommachanh"),
    ("ແກ້ວບຸນພັນ", "Keobounphanh"),
    ("ອິນທະວົງ", "Inthavong"),
    ("ສຸວັນນະລາດ", "Souvannalath"),
    ("ໄຊຍະສານ", "Xayasane"),
    ("ຢ່າງ", "Yang"),
    ("ຈັນທະວົງ", "Chanthavong"),
    ("ບຸບຜາ", "Bouppha"),
)
VILLAGES = ("ໂພນທັນ", "ນາໄຊ", "ໜອງບົວ", "ຫ້ວຍຊາຍ", "ທົ່ງຂັນຄຳ", "ດົງດອກ", "ໂພນສະອາດ")
# What people say of themselves when asked, "" for those who prefer not to; shares are invented.
DISABILITY = (("no", 78), ("yes", 12), ("", 10))
LANGUAGE = (("lo", 58), ("hmn", 12), ("kjg", 12), ("other", 5), ("en", 3), ("", 10))
COMMENTS = ("ບໍລິການດີ ແລະ ໄວ", "ລໍຖ້າດົນ", "ພະນັກງານສຸພາບ", "Quick and clear.", "", "", "", "", "")
# What is complained of, by its topic.
COMPLAINTS = (
    ("waiting", "ລໍຖ້າດົນກວ່າເວລາທີ່ແຈ້ງໄວ້"),
    ("building", "ບໍ່ມີບ່ອນນັ່ງພຽງພໍສຳລັບຜູ້ເຖົ້າ"),
    ("information", "The sign at the door is hard to find."),
)

Names = dict[str, str]


def family(chance: Random) -> tuple[str, str]:
    """A family name in both scripts."""
    return chance.choice(FAMILY)


def named(chance: Random, sex: str, of: tuple[str, str]) -> Names:
    """A full name in both scripts."""
    lao, latin = chance.choice(GIVEN[sex])
    title = "ນາງ " if sex == "female" else "ທ້າວ "
    return {"lo": f"{title}{lao} {of[0]}", "en": f"{latin} {of[1]}"}


def phone(chance: Random) -> str:
    """A mobile number of the country's form."""
    return f"020 5{chance.randrange(10**7):07d}"


def birth_form(chance: Random, *, today: date, district: str) -> dict[str, Any]:
    """The answers of a birth registration."""
    parents = family(chance)
    sex = chance.choice(("female", "male"))
    mother = named(chance, "female", parents)
    father_tells = chance.random() < 0.4
    father = named(chance, "male", parents)
    return {
        "child_name": named(chance, sex, parents),
        "sex": sex,
        "birth_date": (today - timedelta(days=chance.randrange(2, 29))).isoformat(),
        "birth_district": district,
        "birth_site": chance.choices(("hospital", "home"), (8, 2))[0],
        "nationality": "lao",
        "mother_name": mother,
        "father_name": father,
        "family_district": district,
        "family_village": chance.choice(VILLAGES),
        "informant_name": father if father_tells else mother,
        "informant_relation": "father" if father_tells else "mother",
        "informant_phone": phone(chance),
    }


def document_form(chance: Random, *, today: date, district: str) -> dict[str, Any]:
    """The answers of a document's registration."""
    applicant = named(chance, chance.choice(("female", "male")), family(chance))
    return {
        "document_kind": chance.choice(("sale", "loan", "lease", "mandate")),
        "document_date": (today - timedelta(days=chance.randrange(0, 20))).isoformat(),
        "pages": str(chance.randrange(1, 9)),
        "first_party": applicant,
        "second_party": named(chance, "male", family(chance)),
        "subject": f"ສັນຍາເລກທີ {chance.randrange(1, 900)} ບ້ານ{chance.choice(VILLAGES)}",
        "applicant_name": applicant,
        "applicant_district": district,
        "applicant_phone": phone(chance),
    }


def scan(chance: Random) -> bytes:
    """A small scanned page: a grey PNG that is no other one's equal."""
    width, height = 64, 90
    shades = bytes(chance.randrange(200, 256) for _ in range(width))
    rows = b"".join(b"\x00" + shades for _ in range(height))

    def part(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")
    )


def told(chance: Random) -> dict[str, str]:
    """What somebody says of herself for the figures, or prefers not to."""
    return {
        name: chance.choices([word for word, _ in known], [share for _, share in known])[0]
        for name, known in (("disability", DISABILITY), ("language", LANGUAGE))
    }
