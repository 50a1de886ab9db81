"""Answers are sent as well when the installation asks for it, and a dead mail server holds nothing back."""

from __future__ import annotations

import email
import socket
import socketserver
import threading
from datetime import UTC, datetime

import pytest
from humas.errors import OperatorError
from humas.inbox.model import EntryState
from humas.inbox.notify import Notice, notifier
from humas.settings import BoxRule, Settings

from tests.inbox.files import csv, workbook

NOTICE = Notice(
    "abc-1", "Jawaban atas ä.csv", "Isi\nbaris dua", datetime(2026, 10, 6, 3, tzinfo=UTC), {"a.xlsx": b"PK"}
)


class _Mail(socketserver.StreamRequestHandler):
    """Enough of SMTP to take one mail."""

    def handle(self):
        self.wfile.write(b"220 uji\r\n")
        content, in_body = [], False
        for row in self.rfile:
            if in_body:
                if row == b".\r\n":
                    self.server.surat.append(b"".join(content))
                    in_body = False
                    self.wfile.write(b"250 ok\r\n")
                content.append(row)
            elif row[:4].upper() == b"DATA":
                in_body = True
                self.wfile.write(b"354 isi\r\n")
            elif row[:4].upper() == b"QUIT":
                self.wfile.write(b"221 selesai\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


@pytest.fixture
def mail_server():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mail) as server:
        server.surat = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def asked(notice):
    return notifier(Settings.from_environment({"HUMAS_HOME": "x", "HUMAS_KABAR": notice}))


def test_mail_arrives_with_its_attachment(mail_server):
    port = mail_server.server_address[1]
    asked(f"smtp://127.0.0.1:{port}?dari=humas@kpu.go.id&ke=petugas@kpu.go.id").send(NOTICE)
    letter = email.message_from_bytes(mail_server.surat[0], policy=email.policy.default)
    assert (letter["To"], letter["Subject"]) == ("petugas@kpu.go.id", "Jawaban atas ä.csv")
    assert letter["Message-ID"] == "<abc-1@humas-triwulan>"
    assert [parts.get_filename() for parts in letter.iter_attachments()] == ["a.xlsx"]


def test_a_password_is_never_sent_in_the_clear(mail_server, monkeypatch):
    monkeypatch.setenv("HUMAS_TOKEN_SUREL", "rahasia")
    with pytest.raises(OperatorError, match="kata sandi tidak dikirim"):
        asked(f"smtp://petugas@127.0.0.1:{mail_server.server_address[1]}?ke=a@b.go.id").send(NOTICE)
    assert mail_server.surat == []


def test_a_login_may_be_a_mail_address():
    assert asked("smtp://petugas%40kpu.go.id@surel:25?ke=a@b.go.id").user == "petugas@kpu.go.id"


def test_folder_keeps_one_message_however_often_it_is_sent(tmp_path):
    messenger = asked(f"folder:{tmp_path}/kabar")
    messenger.send(NOTICE)
    messenger.send(NOTICE)
    (file,) = (tmp_path / "kabar").iterdir()
    assert email.message_from_bytes(file.read_bytes())["Date"] == "Tue, 06 Oct 2026 03:00:00 +0000"


@pytest.mark.parametrize("notice", ["surel", "smtp://host", "smtp://host:abc?ke=a@b", "folder:relatif", "https://x/y"])
def test_what_it_cannot_mean_is_refused(notice):
    with pytest.raises(OperatorError, match="HUMAS_KABAR"):
        asked(notice)


@pytest.mark.kotak
def test_each_answer_is_sent_once_and_a_dead_server_holds_nothing_back(folder, sweep_place, tmp_path):
    folder.put("a.csv", csv("33.74"))
    folder.put("b.xlsx", workbook({"Mode": "terbang"}))
    sweep_place(folder, notice=f"folder:{tmp_path}/kabar")
    assert len(list((tmp_path / "kabar").glob("*.eml"))) == 2
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    folder.put("c.csv", csv("33.22"))
    (one,) = sweep_place(folder, notice=f"smtp://127.0.0.1:{port}?ke=a@b.go.id")[0].actions
    assert one.keadaan is EntryState.TAKEN
    assert "tidak terkirim" in one.pesan


def test_nothing_is_sent_unless_asked_for():
    assert BoxRule().notice == ""
    asked("").send(NOTICE)
