"""Tables of monitoring, and the statements that write and read them."""

from onedoor.domain.monitoring.models.audit import Belonging, Mark
from onedoor.domain.monitoring.models.cameras import Camera
from onedoor.domain.monitoring.models.reels import (
    Film,
    MomentRow,
    TurnRow,
    films_of,
    films_to_make,
    make_film,
    reel_of,
)
from onedoor.domain.monitoring.models.state import State, read_state, write_state
from onedoor.domain.monitoring.models.tables import (
    OPEN,
    Grievance,
    Hall,
    Heard,
    Matter,
    Post,
    Standard,
    TallyRow,
    Tile,
    Till,
    Visit,
)
from onedoor.domain.monitoring.models.tallies import add_tallies, only_projector, read_tallies

__all__ = [
    "Film",
    "MomentRow",
    "TurnRow",
    "films_of",
    "films_to_make",
    "make_film",
    "reel_of",
    "OPEN",
    "Belonging",
    "Camera",
    "Grievance",
    "Hall",
    "Heard",
    "Mark",
    "Matter",
    "Post",
    "Standard",
    "State",
    "TallyRow",
    "Tile",
    "Till",
    "Visit",
    "add_tallies",
    "only_projector",
    "read_state",
    "read_tallies",
    "write_state",
]
