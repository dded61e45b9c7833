"""The vocabularies that CPSV-AP 3.2 is written in, and our own concepts: kinds of channels, costs, papers, and states."""

from __future__ import annotations

from rdflib import Namespace
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, SKOS, TIME, XSD

ADMS = Namespace("http://www.w3.org/ns/adms#")
CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
LOCN = Namespace("http://www.w3.org/ns/locn#")
ONEDOOR = Namespace("urn:onedoor:catalogue:1#")
"""Our own terms: what only our import reads (`exchange.exact`)."""
SCHEMA = Namespace("https://schema.org/")
AREA = Namespace("http://data.europa.eu/88u/dataset/")["atu-type"]
AUTHORITY = Namespace("http://publications.europa.eu/resource/authority/")

PREFIXES = {
    "adms": ADMS,
    "cpsv": CPSV,
    "cv": CV,
    "dcat": DCAT,
    "dct": DCTERMS,
    "eli": ELI,
    "foaf": FOAF,
    "locn": LOCN,
    "onedoor": ONEDOOR,
    "org": ORG,
    "schema": SCHEMA,
    "skos": SKOS,
    "time": TIME,
    "xsd": XSD,
}
LANGUAGES = {"lo": "LAO", "en": "ENG"}
"""Languages of the European list of names, by ours."""

CATALOGUE = "/api/catalogue"
"""Where the catalogue stands; what has no address of its own is a part of it."""
SERVICES = f"{CATALOGUE}/services/"

CONCEPTS: dict[str, dict[str, str]] = {
    "in-force": {"lo": "ມີຜົນບັງຄັບໃຊ້", "en": "In force"},
    "demonstration": {"lo": "ສາທິດ", "en": "Demonstration"},
    "centre": {"lo": "ສູນບໍລິການ", "en": "Service centre"},
    "website": {"lo": "ເວັບໄຊ", "en": "Website"},
    "required": {"lo": "ຕ້ອງມີ", "en": "Required"},
    "optional": {"lo": "ບໍ່ບັງຄັບ", "en": "Optional"},
    "eligibility": {"lo": "ເງື່ອນໄຂຂອງຜູ້ຮ້ອງ", "en": "Who may apply"},
    "demonstration-paper": {"lo": "ເອກະສານສາທິດ", "en": "Demonstration paper"},
    "original": {"lo": "ຕົ້ນສະບັບ", "en": "Original"},
    "copy": {"lo": "ສຳເນົາ", "en": "Copy"},
    "held": {"lo": "ລັດມີຢູ່ແລ້ວ", "en": "Already held by the state"},
    "instead": {"lo": "ໃຊ້ແທນໄດ້", "en": "Taken instead"},
    "fee-fixed": {"lo": "ຄ່າທຳນຽມຄົງທີ່", "en": "Fixed fee"},
    "fee-free": {"lo": "ບໍ່ເສຍຄ່າຕາມກົດໝາຍ", "en": "Free by law"},
    "fee-to-be-set": {"lo": "ຍັງບໍ່ທັນກຳນົດ", "en": "To be set"},
    "fee-by-answers": {"lo": "ຂຶ້ນກັບຄຳຕອບ", "en": "Goes by the answers"},
    "working-days": {"lo": "ນັບເປັນວັນລັດຖະການ", "en": "Counted in working days"},
    "calendar-days": {"lo": "ນັບທຸກວັນ", "en": "Counted in calendar days"},
    "office-hours": {"lo": "ນັບເປັນຊົ່ວໂມງລັດຖະການ", "en": "Counted in office hours"},
    "identity-registry": {"lo": "ຊອກໃນທະບຽນ", "en": "Identity found in the registry"},
    "identity-document": {"lo": "ເອກະສານຢືນຢັນຕົວຕົນ", "en": "Identity paper"},
    "identity-vouched": {"lo": "ນາຍບ້ານ ຫຼື ພະຍານຢັ້ງຢືນ", "en": "Vouched by the village head or witnesses"},
    "identity-none": {"lo": "ບໍ່ຕ້ອງຢືນຢັນຕົວຕົນ", "en": "No identity needed"},
    "life-event": {"lo": "ເຫດການໃນຊີວິດ", "en": "Life event"},
    "business-event": {"lo": "ເຫດການທາງທຸລະກິດ", "en": "Business event"},
    "document": {"lo": "ເອກະສານທີ່ອອກໃຫ້", "en": "What is issued"},
}
"""Our concepts by their codes; each is a part of the catalogue (`…/api/catalogue#fee-fixed`)."""
