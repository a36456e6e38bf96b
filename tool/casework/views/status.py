"""Where a case stands, in one word: the most pressing first."""

from __future__ import annotations

from casework.state.deadline import Deadline
from casework.state.state import State
from casework.views.site import Entry, Name, Site
from casework.words import Text

CASE_STATUSES = {
    "overdue": Text("overdue", "已逾期"),
    "due_soon": Text("due soon", "即将到期"),
    "open": Text("in hand", "办理中"),
    "settled": Text("settled", "已办结"),
    "disposed": Text("disposed of", "已销毁"),
    "unjudged": Text("not judged", "无法评判"),
}


def status_of(site: Site, entry: Entry) -> Name:
    """The status of a case as a whole."""
    key = _key(site, entry.state) if entry.state else "unjudged"
    return Name(key, site.say(CASE_STATUSES[key]))


def _key(site: Site, state: State) -> str:
    if state.stage == "disposed":
        return "disposed"
    statuses = {each.status(site.at) for each in state.deadlines}
    for key in ("overdue", "due_soon"):
        if key in statuses:
            return key
    return "settled" if state.is_finished else "open"


def overdue_of(state: State, site: Site) -> list[Deadline]:
    """What is past due and awaited."""
    return [each for each in state.deadlines if each.status(site.at) == "overdue"]
