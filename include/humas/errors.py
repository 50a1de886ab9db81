"""The taxonomy of errors: each class says who must act, and whether trying again can help.

A message follows one pattern: what happened, where, who acts, how. The text is Indonesian, because
an officer reads it; ``kode`` is stable and meant for programs.
"""

from __future__ import annotations

import errno
from enum import StrEnum
from typing import ClassVar, Self


class Actor(StrEnum):
    """Who must act on an error."""

    SOURCE = "sumber"
    SENDER = "pengirim"
    OPERATOR = "sistem"

    @property
    def label(self) -> str:
        """Name of the actor as a reader sees it."""
        return {
            Actor.SOURCE: "Pengelola sumber data",
            Actor.SENDER: "Satker pengirim",
            Actor.OPERATOR: "Admin sistem",
        }[self]


_OS_REASONS = {
    errno.ENOENT: "tidak ada",
    errno.ENOTDIR: "sebagian jalurnya bukan folder",
    errno.EISDIR: "itu folder, bukan berkas",
    errno.EEXIST: "nama itu sudah terpakai",
    errno.ENOTEMPTY: "foldernya berisi",
    errno.EACCES: "izin tidak diberikan",
    errno.EPERM: "izin tidak diberikan",
    errno.EROFS: "hanya dapat dibaca",
    errno.ENOSPC: "disk penuh",
    errno.EDQUOT: "jatah disk habis",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.ELOOP: "tautan berputar",
}


def os_reason(error: OSError) -> str:
    """Why the operating system refused, in Indonesian; what is rare keeps the system's own words."""
    return _OS_REASONS.get(error.errno or 0, error.strerror or type(error).__name__)


class HumasError(Exception):
    """Base of all errors of this package.

    ``code`` names the kind (stable, for programs), ``message`` says what happened and where,
    ``remedy`` says how to mend it. ``actor`` and ``layak_diulang`` belong to the class.
    """

    actor: ClassVar[Actor] = Actor.OPERATOR
    layak_diulang: ClassVar[bool] = False

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(f"{message} {self.actor.label}: {remedy}")
        self.code = code
        self.message = message
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[HumasError], tuple[str, ...]]:
        """Let the error cross process borders whole."""
        return type(self), (self.code, self.message, self.remedy)


class SourceError(HumasError):
    """The source did not answer as agreed (time-out, 5xx, login page); trying again may help."""

    actor = Actor.SOURCE
    layak_diulang = True


class SenderError(HumasError):
    """What was sent cannot be used (wrong period, unreadable file); the unit must correct it."""

    actor = Actor.SENDER


class OperatorError(HumasError):
    """Our own installation is at fault (configuration, disk, database, rule); we must mend it."""

    actor = Actor.OPERATOR


PROGRAM_FAULT = "galat_program_kiriman"
"""Stable code of a fault of our own program on one submission."""
REPORT_FAULT = "galat_program_laporan"
"""Stable code of a fault of our own program on one report, whose figures count all the same."""


class ProgramFault(OperatorError):
    """Our own program failed on one submission: an exception nobody foresaw, too much memory or time, a reader that died.

    It concerns that submission alone. what: the submission, as a sentence begins with it; cause: what failed, in a word
    or two; detail: the traceback, for developers; report: path of the crash report, once it is written.
    """

    _CODE: ClassVar[str] = PROGRAM_FAULT
    _MESSAGE: ClassVar[str] = "{} tersimpan, tetapi program gagal mengolahnya ({})."
    _REMEDY: ClassVar[str] = "kirim {} ke pengembang; sesudah program dibetulkan, jalankan ulang satker ini."

    def __init__(self, what: str, cause: str, detail: str = "", report: str = "") -> None:
        super().__init__(
            self._CODE, self._MESSAGE.format(what, cause), self._REMEDY.format(report or "catatan galatnya")
        )
        self.what, self.cause, self.detail, self.report = what, cause, detail, report

    def reported(self, report: str) -> Self:
        """The same fault with the path of its crash report."""
        return type(self)(self.what, self.cause, self.detail, report)

    def __reduce__(self) -> tuple[type[HumasError], tuple[str, ...]]:
        """Let the fault cross process borders whole."""
        return type(self), (self.what, self.cause, self.detail, self.report)


class ReportFault(ProgramFault):
    """Our own program failed to compose, print or show one report; all others are published.

    what: the report, as a sentence begins with it.
    """

    _CODE = REPORT_FAULT
    _MESSAGE = "{} ditahan: program gagal menyusun, mencetak, atau menampilkannya ({}); edisi sebelumnya tetap berlaku."
    _REMEDY = "kirim {} ke pengembang; sesudah program dibetulkan, jalankan ulang laporan triwulan ini."
