"""What datasette shows beside an exported database: what each table, view and column means, and in which unit."""

from __future__ import annotations

import json
from pathlib import Path

_FIRST_LINE = "# Made by linkinbox export; made anew with the next one."


def metadata(database: str) -> str:
    """The ``metadata.yml`` of a database, named as datasette names it: by its file, without the ending."""
    name = json.dumps(database)  # a JSON string is a YAML string
    return f"{_FIRST_LINE}\n{_HEAD}databases:\n  {name}:\n    tables:\n{_TABLES}"


def is_ours(path: Path) -> bool:
    """An earlier export wrote this file."""
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.readline().rstrip("\n") == _FIRST_LINE


_HEAD = """\
title: linkinbox
description: >-
  LinkedIn invitations and messages, as their owner imported them and decided on them.
  Times are ISO 8601 in UTC; 1 is yes, 0 is no, empty is unknown.
"""

# Indented as it stands below `tables:`. Text here is ours alone: nothing a stranger wrote gets into it.
_TABLES = """\
      inbox:
        description: Every invitation and conversation, newest first, with its state. Search looks at its newest text.
        label_column: name
        fts_table: message_fts
        fts_pk: message_id
        columns:
          kind: invitation or conversation
          at: When it came; of a conversation, its newest incoming message
          state: new, to-accept, to-reply, junk, done, held, or filed (the data shows there is nothing to decide)
          filed_because: connected (already) or replied (the last word is the owner's)
          connected: Whether the owner is connected with the person; empty when no export told
          gold: 1 for a valuable contact
          text: The note, or the newest incoming message, as the sender wrote it
          reason: Why the owner accepted it
          notes: The owner's notes, a line each
          tags: The owner's tags, with blanks between
          held_until: When a held item comes back
          call_at: When a call is booked for
          messages: How many messages the thread has
          carried_out: 1 when a later import shows that what was decided was done on LinkedIn
      junk_per_contact:
        description: The path to each valuable contact, oldest first, counting what was handled on the way.
        label_column: name
        units:
          days: day
        columns:
          outcome: marked (by hand) or call held
          outcome_at: When the person became a valuable contact
          decided_at: When the decision was made that let the person in
          junk: Items junked one by one on the way
          junk_bulk: Items junked in bulk on the way
          accepted: Items accepted on the way, this one too
          done: Items that needed nothing
          days: Whole days since the decision that let the previous contact in
      decisions:
        description: The journal, newest first, with every decision and note, taken back ones too.
        columns:
          action: accept, junk, done, hold, note, tag, gold, call or outcome
          reason: Why an item was accepted
          items: How many items were decided in one act; more than one is bulk
          undone: 1 when it was taken back
          batch: The act; its entries are undone together
      reasons:
        description: What came of the people who were accepted for each reason, the most given first.
        columns:
          to_accept: People accepted for it, also those who are connected by now
          connected: Those of them who are connected, as the newest export told
          call_held: Those of them with whom a call was held
          gold: Those of them who are valuable contacts
      contacts:
        description: People who are connected, were accepted, or are valuable contacts.
        label_column: name
        columns:
          connected_on: The day the connection was made
          gold: How the person became a valuable contact; empty for the others
          items: How many invitations and conversations there are with the person
          last_at: When the newest of them came
      person:
        description: Everybody an export named, each by a normalised profile key.
        label_column: name
        columns:
          key: "in: a profile's name in its link; acoa: or member: an id; weak: a name alone, never merged"
          connected: 1, 0, or empty when no export told
      item:
        description: An invitation or a conversation, with where it stands now.
        label_column: uid
        columns:
          uid: Its identity on every machine, made from what it is
          decision: The decision that stands
          decided_seen: The newest message when it was decided
          sort_at: What the lists are ordered by
          last_words: closing when the newest message needs no answer, overruled when the owner says it does
      message:
        description: Each message, and each invitation's note, as its sender wrote it.
        fts_table: message_fts
        fts_pk: id
        columns:
          incoming: 0 for the owner's own
      note:
        description: The owner's notes that stand.
        fts_table: note_fts
        fts_pk: id
        label_column: text
      reason:
        description: Why items are accepted, as the owner said.
        fts_table: reason_fts
        fts_pk: id
        label_column: text
      item_tag:
        description: Which items have which of the owner's tags.
      call:
        description: Calls as they stand.
        units:
          minutes: minute
        columns:
          outcome: held, no-show or cancelled; empty while it is to come
          moves: How often it was moved
      journal:
        description: The append-only record that everything decided follows from.
      import_run:
        description: The ledger of imports, each with its report.
        label_column: source
      quarantine:
        description: Rows of an export that could not be understood, kept as they were.
"""
