"""Catalogues made of hand-written parts: merged, compiled, checked for gaps and contradictions."""

import gettext
import re

import pytest

from onedoor.ui import messages

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'


@pytest.fixture
def house(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "locale")
    (tmp_path / "locale" / "parts").mkdir(parents=True)

    def write(name: str, body: str) -> None:
        (tmp_path / name).write_text(body, encoding="utf-8")

    return write


def test_parts_become_one_catalogue(house):
    house("locale/parts/a.po", f'{HEAD}\nmsgid "Call"\nmsgstr "ເອີ້ນ"\n')
    house("locale/parts/b.po", f'{HEAD}\nmsgid "one"\nmsgid_plural "%(n)s many"\nmsgstr[0] "%(n)s ຄົນ"\n')
    with messages.compile_all().open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("Call") == "ເອີ້ນ"
    assert catalogue.ngettext("one", "%(n)s many", 1) == "%(n)s ຄົນ"
    assert catalogue.ngettext("one", "%(n)s many", 5) == "%(n)s ຄົນ"


def test_equal_parts_give_an_equal_file(house):
    house("locale/parts/a.po", f'{HEAD}\nmsgid "Call"\nmsgstr "ເອີ້ນ"\n')
    first = messages.compile_all().read_bytes()
    messages.compile_all().unlink()
    assert messages.compile_all().read_bytes() == first


def test_two_parts_that_differ_are_named_and_the_first_is_taken(house, capsys):
    house("locale/parts/a.po", f'{HEAD}\nmsgid "Call"\nmsgstr "ເອີ້ນ"\n')
    house("locale/parts/b.po", f'{HEAD}\nmsgid "Call"\nmsgstr "ໂທ"\n')
    assert messages.main(["--check"]) == 1
    assert "b.po and a.po differ about 'Call'" in capsys.readouterr().out
    with messages.compile_all().open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Call") == "ເອີ້ນ"


def test_gaps_of_templates_and_programs_are_found(house):
    house(
        "page.html",
        '{% load i18n %}{% trans "Known" %}{% blocktrans %}Wait {{ n }}{% endblocktrans %}{{ _("Aside") }}',
    )
    house("errors.py", 'from x import gettext_lazy as _\nSENTENCE = _("Counter is closed")\n')
    house("locale/parts/a.po", f'{HEAD}\nmsgid "Known"\nmsgstr "ຮູ້"\n\nmsgid "Aside"\nmsgstr ""\n')
    assert messages.gaps() == [
        f"{messages.PACKAGE.name}/errors.py:2: Counter is closed",
        f"{messages.PACKAGE.name}/page.html:1: Wait %(n)s",
        f"{messages.PACKAGE.name}/page.html:1: Aside",
    ]


def test_a_plural_needs_its_plural(house):
    house(
        "page.html",
        "{% load i18n %}{% blocktrans count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktrans %}",
    )
    house("locale/parts/a.po", f'{HEAD}\nmsgid "%(n)s day"\nmsgstr "%(n)s ມື້"\n')
    assert messages.gaps() == [f"{messages.PACKAGE.name}/page.html:1: %(n)s day | %(n)s days"]


def test_no_sentence_of_the_product_lacks_lao_or_has_two():
    assert messages.main(["--check"]) == 0


def test_a_number_before_a_plural_has_its_singular():
    nouns = "days|hours|minutes|weeks|months|cases|people|centres|counters|papers|steps|tickets|receipts|tries|complaints"
    counted = re.compile(rf"%\((?!smallest|least|most|high|limit)\w+\)s (?:\w+ )?(?:{nouns})\b")
    alone = [one.id for one in messages.merged() if isinstance(one.id, str) and counted.search(one.id)]
    assert alone == [], (
        "“1 days”: say it with a plural form (limits and the upper ends of ranges are more than one)"
    )
