"""Everything that can go wrong and is told to the user, each with a hint at what to do.

LinkinboxError
├── UsageError            what was asked for makes no sense (exit 2)
│   ├── NoSuchItemError
│   ├── KeysError         keys of the configuration cannot be used
│   └── TimeError         a typed time is not understood, past, or has no date
├── SourceError           an import source cannot be used; nothing was changed
│   ├── NotAnExportError  none of its files is one we read
│   └── UnsafeSourceError a limit against hostile archives was passed
├── StoreError            the store cannot be opened or written
│   ├── DamagedStoreError it can be restored: see linkinbox.store.keeping.restore
│   ├── NewerStoreError
│   ├── BusyStoreError
│   ├── DiskFullError
│   └── ReadOnlyStoreError
└── ExportError           a file could not be written
"""

from __future__ import annotations


class LinkinboxError(Exception):
    """A failure with its message for people: what and where, then what to do about it.

    Args:
        message: one sentence, without a trailing full stop.
        hint: what the user can do; empty when there is nothing to do.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}. {self.hint}".rstrip(". ") if self.hint else self.message


class UsageError(LinkinboxError):
    """What was asked for makes no sense."""


class NoSuchItemError(UsageError):
    """No item has this id."""


class KeysError(UsageError):
    """Keys cannot be used as they are configured.

    Args:
        message: as of every error.
        hint: the same.
        findings: what is wrong with each, where, and what to write.
    """

    def __init__(self, message: str, hint: str, findings: tuple[str, ...]) -> None:
        super().__init__(message, hint)
        self.findings = findings


class TimeError(UsageError):
    """A typed time is not understood, is past, or is only a bare number."""


class SourceError(LinkinboxError):
    """An import source cannot be used; nothing was changed."""


class NotAnExportError(SourceError):
    """No usable row of a file that linkinbox reads was found."""


class UnsafeSourceError(SourceError):
    """An archive passes one of the limits against hostile input."""


class StoreError(LinkinboxError):
    """The store cannot be opened or written."""


class DamagedStoreError(StoreError):
    """What the store holds is not what was written."""


class NewerStoreError(StoreError):
    """The store was made by a newer linkinbox."""


class BusyStoreError(StoreError):
    """Another program holds the store for longer than the busy timeout."""


class DiskFullError(StoreError):
    """There is no room to write; what was decided before is kept."""


class ReadOnlyStoreError(StoreError):
    """The store was opened for reading only, since it could not be opened for writing."""


class ExportError(LinkinboxError):
    """A file could not be written; no half file is left."""
