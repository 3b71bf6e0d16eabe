"""Synthetic exports: invented people and texts, the same for the same size on every machine.

``items`` is what the inbox will list: three invitations to each conversation, a conversation of about three
messages, so that a million items come with some 700,000 messages. Texts have a log-normal length (mean 300
characters) and Zipf's distribution of words; some are of several lines, of other scripts, or a campaign's HTML.
"""

from __future__ import annotations

import csv
import math
import random
import time
import zipfile
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import TextIO

COMMON, MEDIUM, RARE = "opportunity", "logistics", "zugzwang"
"""Words planted in about 15 %, 0.8 % and 40 in a million of the texts."""

OWNER, OWNER_URL = "Alex Morgan", "https://www.linkedin.com/in/alex-morgan-0001"
HEADERS = {
    "Connections.csv": "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
    "Invitations.csv": "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl",
    "messages.csv": "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER",
}
_NEWEST = 1_790_000_000  # September 2026
_SPAN = 14 * 365 * 86_400
_CONNECTIONS = 30_000  # LinkedIn's own limit
_GIVEN = """
Ana Ben Carla Dmitri Elena Farid Grace Hiro Ines Jamal Kavya Liam Mei Noor Olga Pedro Quinn Rosa Sam Tara Umar
Vera Wen Ximena Yusuf Zoë Søren Łukasz 伟 美咲 지훈 محمد Иван Αλέξης José François Björn Chloé Siobhán
"""
_FAMILY = """
Adams Brown Chen Diaz Evans Fischer Garcia Haddad Ivanov Jones Kim Lopez Müller Nguyen O'Brien Patel Quist Rossi
Smith Tanaka Usman Vega Wang Young Zhang 田中 김 Петров Ångström Ibáñez
"""
GIVEN_NAMES, FAMILY_NAMES = _GIVEN.split(), _FAMILY.split()
_FIRMS = ("Acme", "Globex Corp", "Initech", "Umbrella & Sons", 'Contoso "EU"', "Hooli")
_JOBS = ("Founder", "CEO", "Recruiter", "Account Executive", "Engineer", "VP, Sales", "Nurse")
_WORDS = (
    "the to and of a in you your for with is on our we i that are it as this be my at can have from would connect "
    f"{COMMON} team work business experience help company network look forward time call meet great hi hello thanks "
    "please let know if like about more share interested role project growth industry value people join new product "
    "sales marketing software data customer service solution platform strategy leader manager founder hiring talent"
).split()
_OTHER = (
    "您好，我想和您建立联系，讨论合作机会。",
    "はじめまして。ぜひ一度お話しさせてください。",
    "مرحبا، أود التواصل معك",
    "Здравствуйте! Хотел бы обсудить сотрудничество.",
    "🚀🔥 Let's goooo 👨‍👩‍👧‍👦",
)


class Texts:
    """A seeded corpus of sentences, handed out in slices."""

    def __init__(self, rng: random.Random, size: int = 4_000_000) -> None:
        words = _WORDS + [_made_up(rng) for _ in range(40_000)]
        weights = list(accumulate(1 / (rank + 2.7) for rank in range(1, len(words) + 1)))
        parts: list[str] = []
        self._starts: list[int] = []
        used = 0
        while used < size:
            sentence = " ".join(rng.choices(words, cum_weights=weights, k=max(3, int(rng.gauss(13, 5)))))
            parts.append(f"{sentence.capitalize()}. ")
            self._starts.append(used)
            used += len(parts[-1])
        self._corpus = "".join(parts)
        self._last = bisect(self._starts, size - 40_000)
        self._rng = rng

    def take(self, mean: float, sigma: float = 1.15) -> str:
        """A text that begins with a sentence; ``mean`` characters on average."""
        length = int(math.exp(self._rng.gauss(math.log(mean) - sigma * sigma / 2, sigma)))
        start = self._starts[int(self._rng.random() * self._last)]
        return self._corpus[start : start + min(max(length, 8), 30_000)].rstrip()

    def dressed(self, mean: float) -> str:
        """A text as strangers write them."""
        text, chance = self.take(mean), self._rng.random()
        if chance < 0.15:
            return text.replace(". ", ".\n\n", 4)
        if chance < 0.20:
            return f"{self._rng.choice(_OTHER)} {text}"
        if chance < 0.27:
            return f"{text} https://calendly.com/u{int(chance * 1e9):x}/30min"
        if chance < 0.278:
            return f"{MEDIUM} {text}"
        return f"{text} {RARE}" if chance > 0.999_96 else text


def _made_up(rng: random.Random) -> str:
    return "".join(rng.choice("bcdfghlmnprstvw") + rng.choice("aeiou") for _ in range(rng.randint(2, 5)))


def person(number: int) -> tuple[str, str, str]:
    """First name, last name and address of an invented person: the same one in every file."""
    mixed = number * 2_654_435_761 & 0xFFFFFFFF
    first, last = GIVEN_NAMES[mixed % len(GIVEN_NAMES)], FAMILY_NAMES[(mixed >> 8) % len(FAMILY_NAMES)]
    return first, last, f"https://www.linkedin.com/in/p{number:07d}-{mixed:08x}"


Rows = Iterator[tuple[str, ...]]


def _connections(count: int, rng: random.Random) -> Rows:
    for number in range(count):
        first, last, url = person(number * 7)
        day = time.strftime("%d %b %Y", time.gmtime(_NEWEST - number * _SPAN // count))
        mail = f"p{number}@example.com" if rng.random() < 0.05 else ""
        yield first, last, url, mail, rng.choice(_FIRMS), rng.choice(_JOBS), day


def _invitations(count: int, rng: random.Random, texts: Texts) -> Rows:
    for number in range(count):
        first, last, url = person(number)
        at = time.gmtime(_NEWEST - number * _SPAN // count)
        half, hour = "AM" if at.tm_hour < 12 else "PM", at.tm_hour % 12 or 12
        when = f"{at.tm_mon}/{at.tm_mday}/{at.tm_year % 100:02d}, {hour}:{at.tm_min:02d} {half}"
        note = texts.dressed(140)[:300] if rng.random() < 0.4 else ""
        yield f"{first} {last}", OWNER, when, note, "INCOMING", url, OWNER_URL


def _messages(conversations: int, rng: random.Random, texts: Texts) -> Rows:
    """Newest conversation first; its newest message first."""
    step = _SPAN / conversations
    for number in range(conversations):
        first, last, url = person(int(rng.random() * conversations * 2))
        them, me = (f"{first} {last}", url), (OWNER, OWNER_URL)
        thread = f"2-{rng.getrandbits(96):024x}=="
        campaign = rng.random() < 0.08
        size = 1 if campaign else _SIZES[int(rng.random() * len(_SIZES))]
        at = _NEWEST - number * step
        for left in range(size, 0, -1):
            at -= rng.expovariate(1 / 20_000)
            sender, to = (them, me) if left == 1 or rng.random() < 0.6 else (me, them)
            text, subject = texts.dressed(300), texts.take(40, 0.5)[:90] if campaign else ""
            if campaign:
                paragraphs = text.replace("\n\n", '</p><p class="spinmail-quill-editor__spin-break">')
                text = f'<p class="spinmail-quill-editor__spin-break">{paragraphs}</p>'
            date = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(at))
            yield thread, "", *sender, *to, date, subject, text, "INBOX"


_SIZES = (1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 5, 6, 8, 13)
"""Messages of a conversation: three on average."""


def tables(items: int, seed: int) -> dict[str, Rows]:
    """The rows of an export's files, made while they are read."""
    rng = random.Random(seed)
    texts = Texts(rng)
    invitations = items * 3 // 4
    return {
        "Connections.csv": _connections(min(_CONNECTIONS, max(20, items // 10)), rng),
        "Invitations.csv": _invitations(invitations, rng, texts),
        "messages.csv": _messages(items - invitations, rng, texts),
    }


def write_folder(folder: Path, items: int, *, seed: int = 2026) -> None:
    """Write an export of that many items as CSV files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables(items, seed).items():
        with (folder / name).open("w", encoding="utf-8", newline="") as out:
            write_table(out, name, rows)


def write_table(out: TextIO, name: str, rows: Iterable[Sequence[str]]) -> None:
    """Write one file as LinkedIn would."""
    out.write(f"{HEADERS[name]}\n")
    csv.writer(out, lineterminator="\n").writerows(rows)


def zip_folder(folder: Path, zip_path: Path) -> None:
    """The zip that LinkedIn would send of a folder, the same bytes each time."""
    with zipfile.ZipFile(zip_path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in HEADERS:
            info = zipfile.ZipInfo(name, (2026, 11, 20, 9, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as out, (folder / name).open("rb") as source:
                while piece := source.read(1 << 20):
                    out.write(piece)


def later_export(folder: Path, new: Path, *, newer_items: int) -> None:
    """Write the export that would come a week later: the same rows below one hundredth of new ones."""
    write_folder(new / "newer", newer_items, seed=7)
    for name in HEADERS:
        with (new / name).open("w", encoding="utf-8", newline="") as out:
            out.write((new / "newer" / name).read_text("utf-8"))
            with (folder / name).open(encoding="utf-8", newline="") as old:
                old.readline()
                while piece := old.read(1 << 20):
                    out.write(piece)
            (new / "newer" / name).unlink()
    (new / "newer").rmdir()
