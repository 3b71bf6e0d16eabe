"""What kind of disk a store lies on, where that matters: one that other machines write to needs another journal."""

from __future__ import annotations

import os
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")  # Linux; where there is none, a disk counts as the machine's own
_SHARED = {  # between machines; 9p is also how WSL shows the disks of Windows
    "9p", "afs", "beegfs", "ceph", "cifs", "drvfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4",
    "ocfs2", "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs",
}  # fmt: skip
_MODELESS = {"exfat", "fuseblk", "msdos", "ntfs", "ntfs3", "vfat"}  # what they say that others may do is made up
_NO_ROOM = 128 * 1024  # bytes; the index of a write-ahead log takes 32 KiB, a decision's pages as much again


def kind_of(folder: Path) -> str:
    """The type of the file system a folder lies on, as `mount` names it; "" for an unknown one.

    Python knows no statfs, but a mount is told by its device.
    """
    device = folder.stat().st_dev
    mounted = f"{os.major(device)}:{os.minor(device)}"
    try:
        mounts = MOUNTS.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    for mount in mounts:  # ID, parent's ID, device, root, where, options, … - type, source, options (proc(5))
        if mount.split(" ", 3)[2] == mounted:
            return mount.partition(" - ")[2].partition(" ")[0]
    return ""


def is_shared(kind: str) -> bool:
    """Other machines, or a program behind it, may write to a file system of this type."""
    return kind in _SHARED or kind.startswith("fuse")


def knows_modes(folder: Path) -> bool:
    """Who may read and write there is what the modes of files say."""
    kind = kind_of(folder)
    return not is_shared(kind) and kind not in _MODELESS


def is_full(folder: Path) -> bool:
    """There is no room left for a decision."""
    try:
        disk = os.statvfs(folder)
    except OSError:  # the folder is gone
        return False
    return disk.f_bavail * disk.f_frsize < _NO_ROOM
