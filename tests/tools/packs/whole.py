"""A small pack that says everything a pack can say: each key that a reader asks for stands in it once."""

from __future__ import annotations

import shutil
from pathlib import Path

from onedoor.tools.packs import LAO

FILES = {
    "pack.yaml": """
pack: whole
name: {lo: ປະເທດ, en: Country}
languages: [lo, en]
country: LA
currency: LAK
zone: Asia/Vientiane
owner: {unit: MOHA, confirmed: true}
counter_name: {lo: "ຊ່ອງ {number}", en: "Counter {number}"}
""",
    "life_events.yaml": """
- {code: home, name: {lo: ເຮືອນ, en: House}}
- {code: business, name: {lo: ທຸລະກິດ, en: Business}}
""",
    "units/territory.csv": """code,kind,parent,name_lo,name_en,valid_from,valid_until,successors,source
LA,country,,ລາວ,Lao,2015-01-01,,,a test
01,province,LA,ນະຄອນຫຼວງ,Capital,2015-01-01,,,a test
0101,district,01,ຈັນທະບູລີ,Chanthabuly,2015-01-01,,,a test
0102,district,01,ສີໂຄດ,Sikhot,2015-01-01,2030-01-01,0101,a test
""",
    "units/authorities.yaml": """
- {code: MOHA, kind: ministry, name: {lo: ພາຍໃນ, en: Home}, valid_from: 2015-01-01, source: a test}
- code: OLD
  kind: ministry
  name: {lo: ເກົ່າ, en: Old}
  valid_from: 2015-01-01
  valid_until: 2025-03-20
  successors: [MPWT, MOHA]
  source: a test
- {code: GOV, kind: ministry, name: {lo: ເຈົ້າແຂວງ, en: Governors}, valid_from: 2015-01-01, source: a test}
- {code: MPWT, kind: ministry, name: {lo: ໂຍທາ, en: Works}, valid_from: 2015-01-01, source: a test}
- {code: ROADS, kind: department, parent: MPWT, name: {lo: ທາງ, en: Roads}, valid_from: 2015-01-01, source: a test}
""",
    "units/offices.yaml": """
- {of: GOV, province: {lo: "ເຈົ້າແຂວງ {place}", en: "Governor of {place}"}, source: a test}
- of: MPWT
  province: {lo: "ພະແນກ {place}", en: "Office of {place}"}
  district: {lo: "ຫ້ອງການ {place}", en: "Office of {place}"}
  source: a test
""",
    "units/areas.csv": """unit,latitude,longitude,population,year,source
0101,17.9,102.612345,70000,2015,a test
01,18.1446,102.5826,,,"a test, uncounted"
""",
    "calendar/hours.yaml": """
unit: LA
zone: Asia/Vientiane
rest: [6, 7]
confirmed: false
source: "a test: unconfirmed"
hours:
  - {weekdays: [1, 2, 3, 4], opens: "08:00", closes: "12:00"}
  - {weekdays: [1, 2, 3, 4, 5], opens: "13:00", closes: "16:00"}
""",
    "calendar/holidays.csv": """date,name_lo,name_en,source,in_lieu
2026-12-02,ວັນຊາດ,"National Day, the 51st",a test,
2026-01-01,ປີໃໝ່,New Year,a test,no
2026-03-08,ວັນແມ່ຍິງ,Women's Day,a test,yes
""",
    "centres/centres.csv": (
        "code,district,name_lo,name_en,demonstration,counters,valid_from,address_lo,address_en,phone,source\n"
        "0101-1,0101,ສູນ,Centre,yes,2,2021-10-28,ຖະໜົນ,A street,021 555,a test\n"
        "0101-2,0101,ສູນສອງ,Second,no,1,2022-10-28,,,,a test\n"
    ),
    "centres/offers.yaml": """
- {service: whole, centres: all, valid_from: 2021-10-28, weekdays: [1, 3], capacity: 20, demonstration: true}
- service: hours
  centres: ["0101-1"]
  valid_from: 2021-10-28
  valid_until: 2026-03-01
  withdrawn_on: 2026-01-15
  reason: {lo: ບໍ່ມີພະນັກງານ, en: Nobody to serve it}
""",
    "centres/space.csv": (
        "centre,rooms,square_metres,seats,places,accessible,power,link,counted_on,demonstration,source\n"
        "0101-1,9,620,120,10,yes,generator,fibre,2026-09-30,yes,a test\n"
        "0101-2,,,,,,,,2026-09-30,no,a test\n"
    ),
    "centres/posts.csv": "centre,authority,role,planned,filled\n0101-1,MOHA,reception,2,1\n0101-1,MOHA,head,1,1\n",
    "centres/promises.yaml": """
- service: whole
  centres: ["0101-2", "0101-1"]
  promised_on: 2026-02-10
  due: 2026-06-30
  document: "Minutes: a test"
  demonstration: true
""",
    "checklists.yaml": """
- {phase: opening, code: clock, measure: clock, name: {lo: ໂມງ, en: Clock}}
- {phase: closing, code: doors, name: {lo: ປະຕູ, en: Doors}}
""",
    "documents/certificate.yaml": """
code: certificate
heading:
  country: {lo: ລາວ, en: Lao}
  motto: {lo: ສັນຕິພາບ, en: Peace}
  authority: {lo: ພາຍໃນ, en: Home}
title: {lo: ໃບຢັ້ງຢືນ, en: Certificate}
rows:
  - {code: name, label: {lo: ຊື່, en: Name}, check: true, verify: true, main: true}
  - {code: born, kind: date, label: {lo: ເກີດ, en: Born}, optional: true}
basis: {lo: ກົດໝາຍ, en: A law}
signer: {lo: ເຈົ້າໜ້າທີ່, en: Officer}
""",
    "tariffs.yaml": """
currency: LAK
notes: [100000, 500]
law: {lo: ກົດໝາຍ, en: A law}
source: a test
incidental:
  - {code: copy, name: {lo: ສຳເນົາ, en: Copy}, price: 1000, ceiling: 5000, demonstration: true, source: a test}
grounds:
  - {code: poor, name: {lo: ທຸກຍາກ, en: Poor}, demonstration: true, source: a test}
""",
    "standards.yaml": """
- {code: wait, name: {lo: ລໍຖ້າ, en: Wait}, limit: 25, share: 80, demonstration: true, source: a test}
""",
    "calling.yaml": """
- unit: LA
  demonstration: true
  source: a test
  zones:
    - {code: quick, name: {lo: ດ່ວນ, en: Quick}, up_to: 5}
    - {code: long, name: {lo: ຍາວ, en: Long}}
  services:
    - {service: whole, minutes: 4, zone: long}
    - {service: hours, minutes: 9}
  counters: [{code: "1", zones: [quick, long]}]
  grounds: [{ground: older, minutes: 20}, {ground: from_far, minutes: 0}]
  early: 30
  late: 15
  appointment: 10
  help_after: 20
""",
    "notices.yaml": """
- kind: moved
  lo: "ຍ້າຍໄປ {when}, {centre}, {code}"
  en: "Moved to {when}: {centre}, {code}"
""",
    "map.csv": "unit,column,row,label_lo,label_en\n01,2,1,ນຄ,Cap.\n",
    "services/whole/service.yaml": """
code: whole
name: {lo: ທັງໝົດ, en: "Whole: 100 %"}
summary: {lo: ສະຫຼຸບ, en: "yes"}
authority: ROADS
demonstration: true
notice: {lo: ສາທິດ, en: A demonstration}
valid_from: 2021-10-28
life_events: [home]
keywords: {lo: [ລົດ, "ID ລາວ"], en: [car, "0103"]}
papers:
  - code: title
    name: {lo: ໃບຕາດິນ, en: Title}
    note: {lo: ຕົ້ນສະບັບ, en: The original}
    required: false
    demonstration: true
    form: original
    law: 12/NA
    service: hours
    when: {if: 'speed = "fast"', lo: ເມື່ອດ່ວນ, en: when fast}
    instead:
      - {code: receipt, name: {lo: ໃບຮັບ, en: Receipt}, note: {lo: ປະທັບ, en: Stamped}}
eligibility_table: who
eligibility:
  - code: grown
    if: engine > 1
    words: {lo: ໃຫຍ່, en: Large enough}
    otherwise: not
    instead: {lo: ຖາມ, en: Ask}
    law: 12/NA
    demonstration: true
    bars: true
fees:
  - {state: free, law: {lo: ກົດໝາຍ, en: A law}, valid_until: 2022-01-01, source: a test}
  - state: set
    valid_from: 2022-01-01
    source: a test
    law: {lo: ກົດໝາຍ, en: A law}
    lines:
      - {code: form, name: {lo: ແບບຟອມ, en: Form}, amount: 15000, law: {lo: ກົດໝາຍ, en: A law}, when: {speed: fast}}
      - code: tax
        name: {lo: ພາສີ, en: Tax}
        kind: table
        by: engine
        unit: {lo: ຊີຊີ, en: cc}
        steps:
          - {from: 1, upto: 110, amount: 15000}
          - {from: 111, amount: 20000}
      - code: speed
        name: {lo: ດ່ວນ, en: Speed}
        kind: choice
        by: speed
        choices: {usual: to_be_set, fast: 500}
      - {code: share, name: {lo: ສ່ວນ, en: Share}, kind: percent, by: value, percent: "2", floor: 1000, ceiling: 50000}
      - {code: pages, name: {lo: ໜ້າ, en: Pages}, kind: each, by: value, amount: 500, per: 10}
      - code: express
        name: {lo: ດ່ວນ, en: Express}
        kind: surcharge
        by: speed
        of: [share]
        percents: {usual: "10", fast: "50"}
      - code: poor
        name: {lo: ຍົກເວັ້ນ, en: Exemption}
        kind: exemption
        percent: "50"
        where: {if: engine > 100, lo: ໃຫຍ່, en: Large}
        law: {lo: ກົດໝາຍ, en: A law}
      - code: late
        name: {lo: ປັບໃໝ, en: Penalty}
        kind: penalty
        by: due
        amount: 2000
        per: 2
        period: month
        grace: 5
        ceiling: 90000
        most_percent: "150"
        most_periods: 36
        law: {lo: ກົດໝາຍ, en: A law}
duration:
  days: 10
  kind: working
  by: speed
  choices: {usual: 10, fast: 0}
  warn: 3
  extend: {times: 1, most: 5}
  demonstration: true
  note: {lo: ໝາຍເຫດ, en: A note}
legal_basis:
  - {name: {lo: ກົດໝາຍ, en: A law}, number: 12/NA, dated: 2009-07-02, source: gazette}
identity: {level: vouched, demonstration: true}
result: {lo: ໃບຢັ້ງຢືນ, en: Certificate}
source: a test
""",
    "services/hours/service.yaml": """
code: hours
name: {lo: ຊົ່ວໂມງ, en: Hours}
summary: {lo: ສະຫຼຸບ, en: Summary}
authority: MOHA
demonstration: true
notice: {lo: ສາທິດ, en: A demonstration}
valid_from: 2021-10-28
not_published: [papers, legal_basis]
papers: []
fees:
  - {state: set, amount: 40000, valid_until: 2022-01-01, source: a test}
  - state: set
    currency: USD
    valid_from: 2022-01-01
    source: a test
    rate: {kip: "21500", on: 2026-01-05, source: a bank}
    funding: {model: partly_subsidised, unit_cost: 90000, share: "40", demonstration: true, source: a test}
    lines:
      - {code: stay, name: {lo: ພັກ, en: Stay}, amount: 1050}
      - {code: form, name: {lo: ແບບຟອມ, en: Form}, amount: 40000, currency: LAK}
duration: {hours: 4, kind: hours}
legal_basis: []
result: {lo: ໃບຢັ້ງຢືນ, en: Certificate}
source: a test
""",
    "services/whole/decisions.dmn": """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="who" namespace="urn:test">
  <decision id="who" name="who"><decisionTable id="t" hitPolicy="UNIQUE">
    <input id="i" label="engine"><inputExpression id="e" typeRef="integer"><text>form.engine</text></inputExpression></input>
    <output id="o" name="standing" typeRef="string" /><annotation name="lo" /><annotation name="en" />
    <rule id="r1"><inputEntry id="a"><text>&gt;= 50</text></inputEntry><outputEntry id="b"><text>"eligible"</text></outputEntry>
      <annotationEntry><text>ພໍ</text></annotationEntry><annotationEntry><text>Enough</text></annotationEntry></rule>
    <rule id="r2"><inputEntry id="c"><text>&lt; 50</text></inputEntry><outputEntry id="f"><text>"officer"</text></outputEntry>
      <annotationEntry><text>ນ້ອຍ</text></annotationEntry><annotationEntry><text>Small</text></annotationEntry></rule>
  </decisionTable></decision>
</definitions>
""",
    "services/whole/form.json": """{
  "title": "whole",
  "type": "object",
  "required": ["engine", "speed", "value", "due"],
  "x-sections": [{"title": {"lo": "ລົດ", "en": "Vehicle"}, "fields": ["engine", "speed", "value", "due"]}],
  "properties": {
    "engine": {"type": "integer", "minimum": 1, "maximum": 5000, "x-label": {"lo": "ເຄື່ອງຈັກ", "en": "Engine"}},
    "speed": {
      "type": "string",
      "enum": ["usual", "fast"],
      "x-label": {"lo": "ຄວາມໄວ", "en": "Speed"},
      "x-labels": {"usual": {"lo": "ທຳມະດາ", "en": "Usual"}, "fast": {"lo": "ດ່ວນ", "en": "Fast"}}
    },
    "value": {"type": "integer", "minimum": 1, "maximum": 999, "x-label": {"lo": "ມູນຄ່າ", "en": "Value"}},
    "due": {"type": "string", "format": "date", "x-label": {"lo": "ວັນ", "en": "Due"}}
  }
}
""",
}


def write_whole(folder: Path) -> Path:
    """The pack in a folder, with the roles of the Lao pack."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    shutil.copy(LAO / "roles.yaml", folder / "roles.yaml")
    return folder
