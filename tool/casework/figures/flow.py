"""Stock and flow of a month: what was brought forward, came, went and is carried forward."""

from __future__ import annotations

from casework.figures.figure import Figure
from casework.figures.ledger import MonthBook
from casework.words import Text

_ENTRIES = (
    (
        "brought",
        "K1",
        Text("brought forward", "上月结转"),
        Text(
            "Cases open when the month began: received or reopened before it, and not yet finished.",
            "月初仍在办理的案件：此前收到或重新处理、月初尚未办结。",
        ),
    ),
    (
        "received",
        "K2",
        Text("received", "本月收到"),
        Text(
            "Cases whose receipt falls in the month, those voided later included, so that the number never moves.",
            "收到时间在本月的案件，之后作废的也计算在内，因此数字不会变动。",
        ),
    ),
    (
        "reopened",
        "K3-RO",
        Text("reopened", "重新处理"),
        Text(
            "Finished cases taken up again in the month; a case reopened twice counts twice.",
            "本月内重新处理的已办结案件；重新处理两次的计两次。",
        ),
    ),
    (
        "closed",
        "K3-CL",
        Text("closed", "本月办结"),
        Text(
            "Cases whose handling ended in the month: completed, closed or filed, whichever came first.",
            "本月内处理完毕的案件：办结、终止或归档，以最早者为准。",
        ),
    ),
    (
        "voided",
        "K3-VD",
        Text("voided", "作废"),
        Text(
            "Open cases ended in the month as a duplicate or as entered by mistake.",
            "本月内因重复或误录而终止的在办案件。",
        ),
    ),
    (
        "transferred",
        "K3-TO",
        Text("transferred out", "移送"),
        Text(
            "Open cases handed over as a whole to another body in the month.",
            "本月内整案移送其他单位的在办案件。",
        ),
    ),
    (
        "carried",
        "K3",
        Text("carried forward", "结转下月"),
        Text(
            "Cases open when the month ended, or at the instant this page shows if it has not: brought forward + "
            "received + reopened − closed − voided − transferred out. Checked against the cases themselves.",
            "月末（本月未结束的，为本页所示时刻）仍在办理的案件：上月结转 + 收到 + 重新处理 − 办结 − 作废 − 移送。"
            "已与案件逐一核对。",
        ),
    ),
)


def flow_of(book: MonthBook) -> dict[str, Figure]:
    """The seven numbers of K1–K3 by name; the last is the balance of the others."""
    return {
        name: Figure(id_, title, said, tuple(cycle.case for cycle in getattr(book, name)))
        for name, id_, title, said in _ENTRIES
    }
