"""A service published anew while drafts of its older edition lie open."""

import json
from copy import deepcopy
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
    published_with(service, at=at, form=form)


def published_with(service: UUID, *, at: datetime, **change: Any) -> None:
    """The service as it is, with something else in it."""
    view = catalogue.service_by_id(service)
    fields = "code name summary authority papers fees duration legal_basis result demonstration notice source"
    about = {name: getattr(view, name) for name in f"{fields} valid_from keywords life_events form".split()}
    process = catalogue.process_source(view.version_id)
    catalogue.save_service(by=SYSTEM, at=at, id=service, process=process, **{**about, **change})
