"""A service published anew while drafts of its older edition lie open."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from onedoor.domain.catalogue import api as catalogue
from tests.domain.catalogue.rules.forms.schemas import asked
from tests.factories.offices import SYSTEM
from tests.factories.registry import PACK


def published_anew(service: UUID, *, at: datetime) -> None:
    """The birth registration with one question gone, one changed, and one more that is answered by a file."""
    form: dict[str, Any] = deepcopy(json.loads((PACK / "services/birth-registration/form.json").read_text()))
    held = form["properties"]
    del held["nationality"]
    form["required"].remove("nationality")
    held["birth_site"]["enum"] = ["home", "clinic"]
    held["birth_site"]["x-labels"]["clinic"] = {"lo": "ສຸກສາລາ", "en": "Clinic"}
    held["photo"] = asked("file")
    form["required"].append("photo")
    for section in form["x-sections"]:
        section["fields"] = [name for name in section["fields"] if name != "nationality"]
    form["x-sections"][0]["fields"].append("photo")
    form["x-document"]["facts"] = {k: v for k, v in form["x-document"]["facts"].items() if v in held}
    view = replace(catalogue.service_by_id(service), form=form)
    about = {name: getattr(view, name) for name in "code name summary authority papers fees duration".split()}
    about |= {name: getattr(view, name) for name in "legal_basis result demonstration notice source".split()}
    catalogue.save_service(
        by=SYSTEM,
        at=at,
        id=service,
        valid_from=view.valid_from,
        keywords=view.keywords,
        life_events=view.life_events,
        form=form,
        process=catalogue.process_source(view.version_id),
        **about,
    )
