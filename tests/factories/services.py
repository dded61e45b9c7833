"""Services as tests need them: two of the Lao pack's and many that sound like them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from onedoor.domain.access.api import save_unit
from onedoor.domain.catalogue.api import Duration, Fee, ServiceView, save_service
from onedoor.kernel.ids import PACK_SPACE
from onedoor.kernel.scope import Actor

FROM = date(2021, 1, 1)
# Code, Lao name, Lao keywords, English name.
SERVICES: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    ("birth-registration", "ການຂຶ້ນທະບຽນການເກີດ", ("ແຈ້ງເກີດ", "ໃບແຈ້ງເກີດ", "ໃບຢັ້ງຢືນການເກີດ", "ເດັກເກີດໃໝ່"), "Birth registration"),
    ("document-registration", "ການຂຶ້ນທະບຽນເອກະສານ", ("ທະບຽນສານ", "ຂຶ້ນທະບຽນສັນຍາ", "ຢັ້ງຢືນເອກະສານ"), "Registration of a document"),
    ("death-registration", "ການຂຶ້ນທະບຽນການເສຍຊີວິດ", ("ແຈ້ງຕາຍ", "ໃບມໍລະນະບັດ"), "Death registration"),
    ("marriage", "ການຂຶ້ນທະບຽນສົມລົດ", ("ແຕ່ງງານ", "ໃບທະບຽນແຕ່ງງານ"), "Marriage certificate"),
    ("divorce", "ການຂຶ້ນທະບຽນຢ່າຮ້າງ", ("ໃບຢ່າຮ້າງ", "ຢ່າຜົວຢ່າເມຍ"), "Divorce certificate"),
    ("residence", "ໃບຢັ້ງຢືນທີ່ຢູ່", ("ຢັ້ງຢືນພູມລຳເນົາ", "ທີ່ຢູ່ອາໄສ"), "Residence certificate"),
    ("family-book", "ການປ່ຽນປຶ້ມສຳມະໂນຄົວ", ("ສຳມະໂນຄົວ", "ແຍກສຳມະໂນຄົວ"), "Change of the family book"),
    ("identity-card", "ການເຮັດບັດປະຈຳຕົວ", ("ບັດປະຈຳຕົວ", "ບັດປະຊາຊົນ"), "Identity card"),
    ("identity-correction", "ການແກ້ໄຂບັດປະຈຳຕົວ", ("ແກ້ຊື່ໃນບັດ", "ບັດປະຈຳຕົວຜິດ"), "Correction of the identity card"),
    ("name-change", "ການປ່ຽນຊື່ ແລະ ນາມສະກຸນ", ("ປ່ຽນຊື່", "ປ່ຽນນາມສະກຸນ"), "Change of name"),
    ("adoption", "ການຂຶ້ນທະບຽນລູກລ້ຽງ", ("ຮັບລູກລ້ຽງ", "ລູກບຸນທຳ"), "Adoption"),
    ("citizenship", "ການຂໍສັນຊາດລາວ", ("ຂໍສັນຊາດ", "ເຂົ້າສັນຊາດ"), "Citizenship"),
    ("passport", "ການເຮັດໜັງສືຜ່ານແດນ", ("ໜັງສືເດີນທາງ", "ພາດສະປອດ"), "Passport"),
    ("border-pass", "ການເຮັດບັດຜ່ານແດນ", ("ບັດຜ່ານແດນ", "ໃບຜ່ານແດນຊົ່ວຄາວ"), "Border pass"),
    ("enterprise", "ການຂຶ້ນທະບຽນວິສາຫະກິດ", ("ຕັ້ງບໍລິສັດ", "ທະບຽນວິສາຫະກິດ"), "Enterprise registration"),
    ("tax-number", "ການຂຶ້ນທະບຽນອາກອນ", ("ເລກປະຈຳຕົວຜູ້ເສຍອາກອນ", "ເສຍອາກອນ"), "Tax number"),
    ("seal", "ການຂໍແກະຕາປະທັບ", ("ຕາປະທັບ", "ກາປະທັບ"), "Company seal"),
    ("social-security", "ການຂຶ້ນທະບຽນປະກັນສັງຄົມ", ("ປະກັນສັງຄົມ", "ເງິນບຳນານ"), "Social security"),
    ("construction", "ການອະນຸຍາດປຸກສ້າງ", ("ປຸກເຮືອນ", "ໃບອະນຸຍາດປຸກສ້າງ"), "Construction permit"),
    ("land-transfer", "ການໂອນກຳມະສິດທີ່ດິນ", ("ໂອນທີ່ດິນ", "ໃບຕາດິນ"), "Land title transfer"),
    ("land-survey", "ການວັດແທກທີ່ດິນ", ("ວັດແທກດິນ", "ແຜນທີ່ດິນ"), "Land survey"),
    ("road-tax", "ການເສຍຄ່າທາງ", ("ຄ່າທາງ", "ຄ່າທຳນຽມນຳໃຊ້ທາງ"), "Road tax"),
    ("vehicle", "ການຂຶ້ນທະບຽນພາຫະນະ", ("ທະບຽນລົດ", "ປ້າຍລົດ"), "Vehicle registration"),
    ("driving-licence", "ການເຮັດໃບຂັບຂີ່", ("ໃບຂັບຂີ່", "ສອບເສັງຂັບຂີ່"), "Driving licence"),
    ("accommodation", "ການອະນຸຍາດເຮືອນພັກ", ("ເປີດເຮືອນພັກ", "ເປີດໂຮງແຮມ"), "Accommodation licence"),
    ("restaurant", "ການອະນຸຍາດຮ້ານອາຫານ", ("ເປີດຮ້ານອາຫານ", "ຮ້ານກິນດື່ມ"), "Restaurant licence"),
    ("import-licence", "ການອະນຸຍາດນຳເຂົ້າສິນຄ້າ", ("ນຳເຂົ້າ", "ສົ່ງອອກ"), "Import licence"),
    ("e-transaction", "ການອະນຸຍາດທຸລະກຳທາງອີເລັກໂຕຣນິກ", ("ທຸລະກຳອີເລັກໂຕຣນິກ",), "Electronic transaction licence"),
    ("school", "ການເຂົ້າໂຮງຮຽນ", ("ຂຶ້ນທະບຽນນັກຮຽນ", "ຍ້າຍໂຮງຮຽນ"), "School enrolment"),
    ("diploma", "ການຢັ້ງຢືນໃບປະກາດ", ("ໃບປະກາສະນີຍະບັດ", "ຢັ້ງຢືນວຸດທິ"), "Diploma certification"),
    ("work-permit", "ການອະນຸຍາດແຮງງານຕ່າງປະເທດ", ("ບັດແຮງງານ", "ໃບອະນຸຍາດເຮັດວຽກ"), "Work permit"),
    ("job-seeker", "ການຂຶ້ນທະບຽນຫາວຽກ", ("ຫາວຽກເຮັດ", "ຄົນຫວ່າງງານ"), "Job seeker registration"),
    ("criminal-record", "ການແຈ້ງໂທດ", ("ໃບແຈ້ງໂທດ", "ປະຫວັດອາດຊະຍາກຳ"), "Criminal record"),
    ("health-card", "ການເຮັດບັດປະກັນສຸຂະພາບ", ("ປະກັນສຸຂະພາບ", "ໃບຢັ້ງຢືນສຸຂະພາບ"), "Health insurance card"),
    ("water", "ການຂໍຕິດຕັ້ງນ້ຳປະປາ", ("ຕໍ່ນ້ຳປະປາ", "ໝໍ້ນັບນ້ຳ"), "Water connection"),
    ("electricity", "ການຂໍຕິດຕັ້ງໄຟຟ້າ", ("ຕໍ່ໄຟຟ້າ", "ໝໍ້ນັບໄຟ"), "Electricity connection"),
)  # fmt: skip


def authority(*, at: datetime) -> UUID:
    """A ministry that answers for test services."""
    id = uuid5(PACK_SPACE, "tests/ministry")
    save_unit(
        by=Actor.system(),
        at=at,
        id=id,
        code="TEST-MINISTRY",
        kind="ministry",
        tree="authority",
        name={"lo": "ກະຊວງ", "en": "Ministry"},
        parent=None,
        valid_from=FROM,
    )
    return id


def service(
    *,
    at: datetime,
    code: str,
    lo: str = "ບໍລິການ",
    en: str = "Service",
    keywords: tuple[str, ...] = (),
    fees: tuple[Fee, ...] = (Fee(state="to_be_set"),),
    life_events: tuple[str, ...] = (),
    process: str = "",
    decisions: str = "",
    form: dict[str, Any] | None = None,
    by: Actor | None = None,
) -> ServiceView:
    """A published service; the same arguments publish nothing new."""
    return save_service(
        by=by or Actor.system(),
        at=at,
        id=uuid5(PACK_SPACE, f"tests/{code}"),
        code=code,
        name={"lo": lo, "en": en},
        summary={"lo": f"ບໍລິການ {lo}", "en": f"The service: {en}"},
        authority=authority(at=at),
        papers=[],
        fees=fees,
        duration=Duration(),
        legal_basis=[],
        result={"lo": "ໃບຢັ້ງຢືນ", "en": "Certificate"},
        demonstration=True,
        valid_from=FROM,
        keywords=keywords,
        life_events=life_events,
        process=process,
        decisions=decisions,
        form=form,
    )


def all_services(*, at: datetime) -> None:
    """Publish every service of the list."""
    for code, lo, keywords, en in SERVICES:
        service(at=at, code=code, lo=lo, en=en, keywords=keywords)
