"""Components write what a reader and a screen reader need, and escape what people typed."""

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override


def shown(component: str, **context: object) -> str:
    with override("en"):
        return render_to_string(f"ui/components/{component}.html", context)


def test_a_button_shows_its_key():
    html = shown("button", label="Call next", key="F2")
    assert 'data-key="F2"' in html
    assert "<kbd>F2</kbd>" in html


def test_what_people_typed_is_escaped():
    assert "<script>" not in shown("notice", title="<script>alert(1)</script>")
    assert "&lt;script&gt;" in shown("card", title="<script>")


def test_the_error_summary_links_to_the_field():
    class Form(forms.Form):
        name = forms.CharField(label="Name")

    form = Form({})
    form.is_valid()
    assert '<a href="#id_name">Name: ' in shown("error_summary", form=form)
    field = shown("field", field=form["name"])
    assert 'aria-invalid="true"' in field
    assert 'id="id_name_error"' in field


def test_a_table_labels_each_cell_for_the_phone():
    html = shown("table", head=["Number", "Service"], rows=[["A012", "Birth"]])
    assert '<td data-label="Number">A012</td><td data-label="Service">Birth</td>' in html


def test_a_timeline_says_its_states_in_words():
    html = shown(
        "timeline", items=[{"state": "done", "title": "Received"}, {"state": "late", "title": "Decide"}]
    )
    assert "(done)" in html
    assert "(late)" in html
    assert html.count('aria-current="step"') == 1


def test_steps_are_words():
    assert "Step 2 of 4" in shown("steps", now=2, total=4, label="papers")


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
@pytest.mark.parametrize("language", ["lo", "en"])
def test_error_pages_say_three_things_without_a_request(name, language):
    with override(language):
        html = render_to_string(f"{name}.html")
    assert html.count("<dt>") == 3
    assert f'<html lang="{language}"' in html


def test_no_template_has_anything_inline():
    from onedoor.ui.messages import PACKAGE

    for path in PACKAGE.rglob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        for inline in (" style=", "<style", " onclick=", " onchange=", " onsubmit=", "javascript:", "hx-on"):
            assert inline not in text, f"{path.name} has {inline.strip()}"


def test_after_a_form_the_switch_leads_to_the_page_of_the_form():
    page = Template("{% load ui %}{% language_switch %}")
    came = {"referer": "http://testserver/desk/1/?a=2"}
    html = page.render(Context({"request": RequestFactory().post("/desk/1/check/", headers=came)}))
    assert "next=%2Fdesk%2F1%2F%3Fa%3D2" in html
    foreign = {"referer": "https://elsewhere.example/desk/"}
    html = page.render(Context({"request": RequestFactory().post("/desk/1/check/", headers=foreign)}))
    assert 'next=%2F"' in html


def test_the_switch_names_the_other_language():
    page = Template("{% load ui %}{% language_switch %}")
    with override("lo"):
        html = page.render(Context({"request": RequestFactory().get("/a/", {"b": "1"})}))
    assert "English" in html
    assert "next=%2Fa%2F%3Fb%3D1" in html
