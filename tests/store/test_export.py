import csv
import fcntl
import json
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from linkinbox.decisions import Accept, Gold, Hold, Junk, Note
from linkinbox.errors import ExportError, UsageError
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.store.exports.contacts import markdown
from linkinbox.store.exports.forms import cell
from tests.builders import ExportBuilder, Someone
from tests.conftest import NOW, Clock
from tests.hostile import HOSTILE
from tests.stores import made_once

ROOT = Path(__file__).parent.parent.parent
FORMS = (".db", ".sqlite", ".csv", ".json", ".ndjson", ".vcf", ".md")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("swept") / "inbox.db"


@pytest.fixture
def swept(kept: Path, store_path: Path, tmp_path: Path, clock: Clock) -> Iterator[Inbox]:
    def make(path: Path) -> None:
        with closing(Inbox.open(path, clock=clock)) as inbox:
            sweep(inbox, tmp_path)

    with closing(Inbox.open(made_once(kept, make, store_path), clock=clock)) as inbox:
        yield inbox


def sweep(inbox: Inbox, folder: Path) -> None:
    """Import four items, and decide on each."""
    export = ExportBuilder().invitation("Ana Ruiz", note="=1+1", at="2026-11-05 10:00")
    export.invitation("Ben Lee", at="2026-11-04 10:00").invitation(
        "伊藤 美咲", note="こんにちは", at="2026-11-03 10:00"
    )
    export.message("Cy Doe", "Hello\r\nthere", at="2026-11-02 10:00").sent("Only Mine", at="2026-11-01 10:00")
    inbox.import_from(export.zip(folder))
    ana, ben, ito, cy = inbox.ids(View.ALL)
    inbox.apply(Junk(), [ben])
    inbox.apply(Accept(note="met at *the* fair"), [ana])
    inbox.apply(Gold(), [ana])
    inbox.apply(Hold(NOW + timedelta(days=3)), [ito])
    inbox.apply(Accept(), [cy])


def written(inbox, folder, suffix):
    return inbox.export(folder / f"out{suffix}")


@pytest.mark.parametrize("suffix", FORMS)
def test_a_file_is_the_users_alone_and_nothing_lies_beside_it(swept, tmp_path, suffix):
    folder = tmp_path / "exports"
    folder.mkdir()
    path = written(swept, folder, suffix)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    beside = {"metadata.yml"} if suffix in (".db", ".sqlite") else set()
    assert {file.name for file in folder.iterdir()} == {path.name} | beside


@pytest.mark.parametrize("suffix", FORMS)
def test_an_existing_file_is_kept_unless_forced(swept, tmp_path, suffix):
    path = tmp_path / f"out{suffix}"
    path.write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        swept.export(path)
    assert path.read_text() == "mine"
    swept.export(path, force=True)
    assert path.read_bytes() != b"mine"


def test_a_dangling_link_is_an_existing_file_too(swept, tmp_path):
    (tmp_path / "out.csv").symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(UsageError, match="is there already"):
        written(swept, tmp_path, ".csv")


def test_the_store_itself_is_never_replaced(swept, store_path, tmp_path):
    with pytest.raises(UsageError, match="store itself"):
        swept.export(store_path, force=True)
    (tmp_path / "link.db").symlink_to(store_path)
    with pytest.raises(UsageError, match="store itself"):
        swept.export(tmp_path / "link.db", force=True)


@pytest.mark.parametrize("name", ["out", "out.xlsx", "out.db.gz"])
def test_an_unknown_ending_names_those_there_are(swept, tmp_path, name):
    with pytest.raises(UsageError, match=r"\.db, \.sqlite, \.csv, \.json, \.ndjson, \.vcf, \.md"):
        swept.export(tmp_path / name)


def test_a_folder_is_no_file(swept, tmp_path):
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(UsageError, match="is a folder"):
        swept.export(tmp_path / "out.csv", force=True)


@pytest.mark.parametrize("suffix", FORMS)
def test_a_missing_folder_is_an_export_error_with_a_hint(swept, tmp_path, suffix):
    with pytest.raises(ExportError, match="Make the folder first"):
        written(swept, tmp_path / "nowhere", suffix)


@pytest.mark.parametrize("suffix", [".db", ".csv", ".md"])
def test_a_failed_export_leaves_no_half_file_and_keeps_the_old_one(filled, tmp_path, store_path, suffix):
    export = ExportBuilder()
    for number in range(60):
        export.invitation(f"Person {number}", note="long " * 60)
    inbox = filled(export)
    inbox.apply(Gold(), list(inbox.ids(View.ALL)))
    for id_ in inbox.ids(View.ALL):
        inbox.apply(Note("words " * 80), [id_])
    folder = tmp_path / "exports"
    folder.mkdir()
    old = folder / f"out{suffix}"
    old.write_text("old")
    program = (
        "import resource, sys; from pathlib import Path; from linkinbox.inbox import Inbox; from linkinbox.errors import *\n"
        "inbox = Inbox.open(Path(sys.argv[1]))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000))\n"
        "try:\n    inbox.export(Path(sys.argv[2]), force=True)\nexcept ExportError as error:\n    print(error)"
    )
    command = [sys.executable, "-c", program, store_path, old]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "was not written" in done.stdout
    assert [(file.name, file.read_text()) for file in folder.iterdir()] == [(old.name, "old")]


@pytest.mark.parametrize("suffix", [".db", ".csv"])
def test_what_a_killed_export_left_is_gone_with_the_next_and_what_another_writes_stays(swept, tmp_path, suffix):
    left = tmp_path / ".linkinbox-abc.part"
    for sidecar in ("", "-journal"):
        Path(f"{left}{sidecar}").write_text("private")
    writing, mine = tmp_path / ".linkinbox-def.part", tmp_path / "mine.part"
    mine.write_text("mine")
    with writing.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        written(swept, tmp_path, suffix)
        assert not list(tmp_path.glob(f"{left.name}*"))
        assert writing.exists()
        assert mine.exists()


@pytest.mark.parametrize("suffix", [".db", ".csv"])
def test_an_export_that_is_killed_is_swept_by_the_next(swept, store_path, tmp_path, suffix):
    program = (
        "import os, sys; from pathlib import Path; from linkinbox.inbox import Inbox\n"
        "inbox = Inbox.open(Path(sys.argv[1]))\n"
        "Path.replace = lambda *_: os.kill(os.getpid(), 9)\n"
        "inbox.export(Path(sys.argv[2]))"
    )
    folder = tmp_path / "exports"
    folder.mkdir()
    subprocess.run([sys.executable, "-c", program, store_path, folder / f"out{suffix}"], cwd=ROOT, check=False)
    assert [path.suffix for path in folder.iterdir()] == [".part"]
    written(swept, folder, suffix)
    assert not list(folder.glob("*.part"))


def test_json_and_ndjson_hold_every_item_with_its_state_newest_first(swept, tmp_path):
    items = json.loads(written(swept, tmp_path, ".json").read_text())
    lines = written(swept, tmp_path, ".ndjson").read_text().splitlines()
    assert [json.loads(line) for line in lines] == items
    assert [(item["person"]["name"], item["state"], item["gold"]) for item in items] == [
        ("Ana Ruiz", "to-accept", True),
        ("Ben Lee", "junk", False),
        ("伊藤 美咲", "held", False),
        ("Cy Doe", "to-reply", False),
    ]
    assert items[0]["notes"] == ["met at *the* fair"]
    assert items[0]["text"] == "=1+1"
    assert items[3]["text"].splitlines() == ["Hello", "there"]


def test_csv_holds_the_same_and_computes_nothing(swept, tmp_path):
    path = written(swept, tmp_path, ".csv")
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["name"], row["state"]) for row in rows] == [
        ("Ana Ruiz", "to-accept"), ("Ben Lee", "junk"), ("伊藤 美咲", "held"), ("Cy Doe", "to-reply"),
    ]  # fmt: skip
    assert rows[0]["text"] == "'=1+1"
    assert rows[3]["text"] == "Hello\nthere"
    assert all(line.startswith('"') for line in path.read_text().splitlines() if "Ruiz" in line)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "\0=", "\x1b=", "\r\n="])
def test_what_a_spreadsheet_would_compute_is_text(start):
    assert cell(f"{start}1").startswith("'")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_cell_holds_what_acts(text):
    assert not set(cell(text)) & set("\0\r\x1b\x07\x08\x7f\x9b\x9d")


def test_vcards_are_of_those_who_were_accepted_or_are_gold(swept, tmp_path):
    cards = written(swept, tmp_path, ".vcf").read_bytes().decode()
    assert cards.count("BEGIN:VCARD\r\n") == cards.count("END:VCARD\r\n") == 2
    assert "FN:Ana Ruiz\r\n" in cards
    assert "FN:Cy Doe\r\n" in cards
    assert "met at *the* fair" in cards


def test_markdown_tells_each_gold_its_path_and_its_notes(swept, tmp_path):
    text = written(swept, tmp_path, ".md").read_text()
    assert text.startswith("# Valuable contacts\n\nSince the last one: 0 junk, 1 accepted, 0 done, in 0 days.\n")
    assert "\n## Ana Ruiz\n" in text
    assert "<https://www.linkedin.com/in/ana-ruiz>" in text
    assert "On the way: 1 junk, 1 accepted, 0 done, in 0 days, decided on 2026-11-24." in text
    assert "- met at \\*the\\* fair\n" in text


def test_a_gold_without_a_decision_has_no_path(filled, tmp_path):
    inbox = filled(ExportBuilder().invitation("Ana Ruiz"))
    inbox.apply(Gold(), list(inbox.ids(View.ALL)))
    assert "No path" in written(inbox, tmp_path, ".md").read_text()


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Ana Ruiz", "Ana Ruiz"),
        ("[LinkedIn](https://evil.example)", r"\[LinkedIn\](https\://evil.example)"),
        ("www.evil.example", r"www\.evil.example"),
        ("<script>", r"\<script\>"),
        ("**bold** _it_ `code`", r"\*\*bold\*\* \_it\_ \`code\`"),
        ("# Head", r"\# Head"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("eve@evil.example", r"eve\@evil.example"),
    ],
)
def test_a_strangers_line_is_plain_text_in_markdown(text, escaped):
    assert markdown(text) == escaped


@pytest.mark.parametrize("suffix", FORMS)
def test_hostile_text_stops_no_export(filled, tmp_path, suffix):
    export = ExportBuilder()
    for number, text in enumerate(text[:2_000] for text in HOSTILE.values()):
        clean = text.replace("\0", "").encode("utf-8", "replace").decode()
        export.message(Someone(clean, f"h{number}"), clean, thread=f"2-{number}==")
    inbox = filled(export)
    inbox.apply(Accept(note=HOSTILE["calendar lines"]), list(inbox.ids(View.ALL)))
    inbox.apply(Gold(), list(inbox.ids(View.ALL)))
    content = written(inbox, tmp_path, suffix).read_bytes()
    if suffix not in (".db", ".sqlite"):
        assert b"\x1b" not in content
        assert b"\0" not in content


@pytest.mark.parametrize("suffix", FORMS)
def test_an_empty_inbox_can_be_exported(inbox, tmp_path, suffix):
    assert written(inbox, tmp_path, suffix).exists()


def test_more_than_a_page_is_written_whole(filled, tmp_path):
    export = ExportBuilder()
    for number in range(1_203):
        export.invitation(f"Person {number}")
    items = json.loads(written(filled(export), tmp_path, ".json").read_text())
    assert len({item["id"] for item in items}) == 1_203
