"""Tables that cities, supervisors and an ombudsman published: imported whole, or refused with every line."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from casework.commands.main import casework_
from casework.deeds.import_known import Here
from casework.deeds.import_map import Map
from casework.deeds.import_map_read import read_map
from casework.deeds.import_plan import Sorted, sorted_rows
from casework.deeds.import_table import Table, read_table
from casework.deeds.sound import case_of
from casework.examine import judge, register_of
from casework.house import House, house_of
from casework.records.source import WorkTree
from casework.state.case import Case
from casework.state.state import State
from click.testing import CliRunner, Result

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]
BOSTON, AS_OF = HERE / "boston/map.yaml", datetime(2013, 12, 1, tzinfo=UTC)
LAST_CLOSED = datetime(2019, 2, 1, tzinfo=UTC)
NOBODY_HERE = Here({}, frozenset())
Import = Callable[..., Result]


@pytest.fixture
def city(repo):
    """An empty register under the policy `city-requests`."""
    files = {path: path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "schema").rglob("*.json")}
    files |= {path: f"policies/{path.name}" for path in (HERE / "boston/policies").iterdir()}
    repo.commit({name: path.read_text("utf-8") for path, name in files.items()}, "a register")
    return repo


@pytest.fixture
def import_(city) -> Import:
    """Run `casework import` on the city's register, seen from the first of December 2013."""

    def import_(file: Path, map_: Path, *args: str) -> Result:
        fixed = ("--root", str(city.root), "--as-of", "2013-12-01", "--lang", "en")
        done = CliRunner().invoke(casework_, ["import", *fixed, str(file), "--map", str(map_), *args])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    return import_


@pytest.fixture(scope="module")
def house() -> House:
    class Both:
        def paths(self, under: str = "") -> Iterator[str]:
            yield from WorkTree(CHECKOUT if under.startswith("schema") else HERE / "boston").paths(under)

        def read(self, path: str) -> bytes:
            return ((CHECKOUT if path.startswith("schema") else HERE / "boston") / path).read_bytes()

    return house_of(Both())


def sorted_in(house: House, file: Path, map_: str) -> tuple[Table, Sorted]:
    table, read = read_table(file), read_map("map.yaml", map_.encode(), house)
    assert isinstance(table, Table) and isinstance(read, Map), (table, read)
    return table, sorted_rows(table, read, NOBODY_HERE)


def told_in(file: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows as Python's own reader gives them, each with the line behind which the one before it ended."""
    data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    reader = csv.DictReader(io.StringIO(data.decode(), newline=""))
    return [(line + 1, row) for line, row in zip(_ends(data.decode()), reader, strict=False)]


def _ends(text: str) -> Iterator[int]:
    reader = csv.reader(io.StringIO(text, newline=""))
    yield from (reader.line_num for _ in reader)


def test_twelve_thousand_requests_are_judged_as_the_city_judged_them(
    import_: Import, city, shared: Path
) -> None:
    file = shared / "data/en/boston-311-2011-sample-12000.csv.gz"
    done = import_(file, BOSTON, "--yes")
    assert done.exit_code == 0 and "12000 cases imported in one commit" in done.output, done.output[-2000:]
    assert city.git("status", "--porcelain") == "" and city.git("rev-list", "--count", "HEAD") == "2"

    source = WorkTree(city.root)
    register = register_of(source, AS_OF, AS_OF)
    assert register.flaws == () and register.unjudged == () and len(register.states) == 12_000
    states = {str(state.case.received.told["id"]): state for state in register.states if state.case.received}
    judged: Counter[str] = Counter()
    unflagged = []
    still_running = []
    for _, row in told_in(file):
        state = states[f"boston-311/{row['case_enquiry_id']}"]
        if not row["target_dt"].strip():
            assert state.deadlines == ()
            judged["without a due instant"] += 1
            continue
        status = status_of(state, AS_OF)
        if not row["ontime"]:
            unflagged.append(
                f"{row['case_enquiry_id']}: due {row['target_dt']}, closed {row['closed_dt']}, {status}"
            )
            continue
        judged["compared"] += 1
        if status == "running":  # done, and due, only after the day we look from: the flag is of a later day
            still_running.append(row["case_enquiry_id"])
            assert min(row["target_dt"], row["closed_dt"]) > "2013-12-01"
            status = status_of(judge_again(state, house_of(source)), LAST_CLOSED)
        assert (status == "met") == (row["ontime"] == "ONTIME"), row
        assert (status in ("breached", "overdue")) == (row["ontime"] == "OVERDUE"), row
    print("without the city's flag:", *unflagged, sep="\n  ")
    assert judged == {"compared": 9_727, "without a due instant": 2_251}
    assert still_running == ["101000307330", "101000312568", "101000366466"]
    assert len(unflagged) == 22 and all(line.endswith("breached") for line in unflagged)


def status_of(state: State, at: datetime) -> str:
    """The status of the one deadline there is."""
    (deadline,) = state.deadlines
    return deadline.status(at)


def judge_again(state: State, house: House) -> State:
    """The same case when everything the table tells had happened."""
    whole = case_of(state.case.path, state.case.record.text.encode(), house)
    assert isinstance(whole, Case)
    judged = judge(whole, house, LAST_CLOSED, LAST_CLOSED)
    assert isinstance(judged, State)
    return judged


def test_the_first_three_hundred_twice(import_: Import, city, shared: Path, tmp_path: Path) -> None:
    file = first_rows(shared / "data/en/boston-311-2011-sample-12000.csv.gz", tmp_path, 300)
    assert "300 cases imported" in import_(file, BOSTON, "--yes").output
    head = city.git("rev-parse", "HEAD")
    assert "nothing to import" in import_(file, BOSTON, "--yes").output
    longer = first_rows(shared / "data/en/boston-311-2011-sample-12000.csv.gz", tmp_path, 310)
    assert "10 cases imported" in import_(longer, BOSTON, "--yes").output
    assert city.git("rev-list", "--count", f"{head}..HEAD") == "1" and city.git("status", "--porcelain") == ""
    numbers = sorted(path.stem for path in city.root.glob("cases/2011/07/*.yaml"))
    assert numbers == [f"2011-07-{n:04}" for n in range(1, 311)]


def first_rows(file: Path, folder: Path, count: int) -> Path:
    lines = gzip.decompress(file.read_bytes()).decode().splitlines(keepends=True)
    path = folder / "first.csv"
    path.write_text("".join(lines[: count + 1]), encoding="utf-8")
    return path


def test_a_table_cut_off_within_a_cell_is_refused_where_that_cell_begins(
    import_: Import, shared: Path
) -> None:
    done = import_(
        shared / "data/en/cfpb-2023-narratives-truncated.csv.gz", HERE / "narratives.yaml", "--yes"
    )
    assert done.exit_code == 1
    assert done.output.startswith(
        "cfpb-2023-narratives-truncated.csv.gz:3302:12: the file ends inside the quoted cell that begins here"
    )


def test_complaints_without_any_id_are_known_by_their_fingerprint(house: House, shared: Path) -> None:
    file = shared / "data/en/cfpb-2013-3186.csv.gz"
    _, rows = sorted_in(house, file, (HERE / "consumer.yaml").read_text("utf-8"))
    assert (len(rows.made), rows.bad) == (3_175, ())
    cells = {line: tuple(row.values()) for line, row in told_in(file)}
    assert len(rows.repeated) == 11 and all(cells[line] == cells[first] for line, first in rows.repeated)


def test_findings_without_a_date_are_all_named_and_equal_ones_counted_once(
    house: House, shared: Path
) -> None:
    file = shared / "data/en/uk-housing-ombudsman-findings-33096.csv.gz"
    map_ = (HERE / "housing.yaml").read_text("utf-8")
    _, rows = sorted_in(house, file, map_)
    undated = [line for line, row in told_in(file) if not row["decision_date_iso"].strip()]
    assert [flaw.place.line for flaw in rows.bad] == undated and len(undated) == 109
    assert len(rows.made) + len(rows.repeated) == 33_096 - 109


def test_several_rows_of_one_case_are_refused_line_by_line(house: House, shared: Path) -> None:
    file = shared / "data/en/uk-housing-ombudsman-findings-33096.csv.gz"
    _, rows = sorted_in(
        house, file, (HERE / "housing.yaml").read_text("utf-8").replace("id: row", "id: case_id")
    )
    clash = rows.bad[0]
    assert clash.place.line == 3
    assert (
        "of line 2 bear the same id, “202347433”, but differ in “category”, “complaint”, “finding”"
        in clash.text.say("en")
    )


DIRTY = ("100", "100-20dupes-random", "100-with-fake-pii", "100-with-nonascii")


@pytest.mark.parametrize("name", DIRTY)
def test_the_dirty_variants_import(import_: Import, shared: Path, tmp_path: Path, name: str) -> None:
    done = import_(shared / f"data/en/qsv-dirty/boston311-{name}.csv", later(tmp_path), "--yes")
    new = 80 if "dupes" in name else 100
    assert done.exit_code == 0 and f"{new} cases imported" in done.output, done.output
    assert ("lines that repeat an earlier one" in done.output) == ("dupes" in name)


def test_a_row_with_a_cell_too_many_is_named(import_: Import, shared: Path, tmp_path: Path) -> None:
    done = import_(shared / "data/en/qsv-dirty/boston311-100-bad.tsv", later(tmp_path), "--yes")
    assert done.exit_code == 1
    assert done.output.splitlines()[-1:] == [
        "boston311-100-bad.tsv:41: cells in this row: 30; columns named in the first row: 29"
    ]


def test_day_month_year_gives_the_same_cases_under_its_own_format(
    house: House, shared: Path, tmp_path: Path
) -> None:
    folder, map_ = shared / "data/en/qsv-dirty", later(tmp_path).read_text("utf-8")
    _, plain = sorted_in(house, folder / "boston311-100.csv", map_)
    dmy = map_.replace("YYYY-MM-DD", "DD/MM/YYYY")
    _, turned = sorted_in(house, folder / "boston311-dmy-100.csv", dmy)
    assert plain.bad == turned.bad == () and plain.made == turned.made
    _, wrong = sorted_in(house, folder / "boston311-dmy-100.csv", map_)
    assert {flaw.place.line for flaw in wrong.bad} == {*range(2, 102)}


def later(folder: Path) -> Path:
    """The map for the city's tables of ten years later, which know one channel and one department more."""
    text = BOSTON.read_text("utf-8")
    text = text.replace(
        "      Self Service: web\n", "      Self Service: web\n      City Worker App: worker-app\n"
    )
    text = text.replace("        PARK: parks\n", "        PARK: parks\n        GEN_: hotline\n")
    path = folder / "later.yaml"
    path.write_text(text, encoding="utf-8")
    return path
