"""The archive over HTTP: what is added, refused, removed, restored, by whom, and that the collection stays whole."""

import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from archive_support import BATCH, article, finish, over, rows, send, state, waited
from browser_support import free_port
from serving_support import PASSWORD, answer, client, page_served, sign_in

from benchmarks.kill import filler, small_disk, take_away
from qa import Settings
from qa.stores import Stores
from ui.users import Users

QUESTION = "Gian hàng số 7 của hội chợ xoài Tân Phú khai trương ngày nào?"


@pytest.fixture
def settings_here(fresh_samples: Path) -> Settings:
    return Settings(data_dir=fresh_samples, port=free_port(), max_upload_mb=0.01, workers=1)


@pytest.fixture
def reader(settings_here: Settings) -> Iterator[httpx.Client]:
    with page_served(settings_here) as address, client(address) as opened:
        yield opened
    assert Stores(settings_here.data_dir).verify().problems == ()


def test_uploaded_articles_can_be_asked_at_once_and_are_listed(reader: httpx.Client, settings_here: Settings) -> None:
    assert "không" in answer(reader, QUESTION, "before")
    assert send(reader, "hội chợ/bảy.txt", article("Hội chợ xoài", 7)).json() == {"taken": True, "why": ""}
    told = finish(reader)
    assert "1 added" in told
    assert "hội chợ/bảy.txt" in told
    assert "8/6/2018" in answer(reader, QUESTION, "after")
    assert rows(reader, q="hoi cho")["count"] == 1  # whatever the accents
    assert (settings_here.data_dir / "uploads" / "hội chợ" / "bảy.txt").is_file()


def test_each_bad_file_ends_in_a_line_and_the_good_one_comes_in(reader: httpx.Client) -> None:
    said = [
        send(reader, "máy.exe", b"MZ").json()["why"],
        send(reader, "rỗng.txt", b"").json()["why"],
        send(reader, "lớn.txt", b"x" * 20_000).json()["why"],
        send(reader, "lớn dần.txt", (b"x" * 1000 for _ in range(20))).json()["why"],
        send(reader, "..", b"x").json()["why"],
    ]
    assert said == ["kind", "empty", "large", "large", "name"]
    for name, body in (("hỏng.zip", b"PK\x03\x04abc"), ("hỏng.pdf", b"%PDF-1.7 x"), ("tốt.txt", article("Tin tốt", 3))):
        assert send(reader, name, body).json()["taken"]
    told = finish(reader)
    for name in ("máy.exe", "rỗng.txt", "lớn.txt", "lớn dần.txt", "hỏng.zip", "hỏng.pdf"):
        assert f"{name}</span> –" in told, name
    assert "1 added" in told
    assert "7 refused" in told
    assert "/tmp/" not in told


def test_a_file_that_breaks_off_is_not_kept(reader: httpx.Client, settings_here: Settings) -> None:
    line = socket.create_connection(("127.0.0.1", settings_here.port))
    head = f"POST /archive/file?batch={BATCH}&name=d%E1%BB%9F.txt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n"
    line.sendall(head.encode() + b"Tin")
    line.close()
    waited(lambda: reader.post("archive/finish", json={"batch": BATCH}).json()["job"])
    waited(lambda: "dở.txt" in state(reader))
    assert not [p for p in (settings_here.data_dir / "uploads").rglob("*") if p.is_file()]


def test_the_same_file_twice_and_a_corrected_one(reader: httpx.Client) -> None:
    first = article("Tin về cầu Mỹ Thuận", 5)
    send(reader, "a.txt", first)
    assert "1 added" in finish(reader)
    send(reader, "a.txt", first)
    told = finish(reader)
    assert "1 files there already" in told
    assert "1 unchanged" in told
    send(reader, "a.txt", first.replace("số 5".encode(), "số 55".encode()), replace=True)
    assert "1 changed" in finish(reader)
    assert rows(reader, q="cau my thuan")["count"] == 1


def test_a_hundred_at_once(reader: httpx.Client) -> None:
    before = rows(reader)["count"]
    failed: list[str] = []

    def some(first: int) -> None:
        with httpx.Client(base_url=reader.base_url, timeout=60, trust_env=False) as own:
            for number in range(first, 100, 4):
                reply = send(own, f"bài {number}.txt", article(f"Bài số {number}", number))
                if not reply.json()["taken"]:
                    failed.append(reply.text)

    threads = [threading.Thread(target=some, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert "100 added" in finish(reader)
    assert rows(reader)["count"] == before + 100


def test_removed_articles_come_back_and_an_upload_of_one_says_so(reader: httpx.Client) -> None:
    send(reader, "a.txt", article("Tin về phà Vàm Cống", 9))
    finish(reader)
    html = rows(reader, q="vam cong")["html"]
    id = html.split('data-open="')[1][:16]
    assert "1 removed" in over(reader, reader.post("archive/remove", json={"ids": [id]}).json()["job"])
    assert rows(reader, q="vam cong")["count"] == 0
    assert rows(reader, q="vam cong", state="removed")["count"] == 1
    send(reader, "a.txt", article("Tin về phà Vàm Cống", 9))
    assert "1 removed before" in finish(reader)
    assert "1 restored" in over(reader, reader.post("archive/restore", json={"ids": [id]}).json()["job"])
    assert rows(reader, q="vam cong")["count"] == 1
    assert rows(reader, state="removed")["count"] == 0


def test_an_upload_waits_for_another_writer_and_questions_do_not(reader: httpx.Client, settings_here: Settings) -> None:
    stores = Stores(settings_here.data_dir)
    with stores.writing():
        send(reader, "a.txt", article("Hội chợ xoài", 7))
        job = reader.post("archive/finish", json={"batch": BATCH}).json()["job"]
        waited(lambda: f'class="job waiting" data-job="{job}"' in state(reader))
        assert "Nguyễn Văn Nên" in answer(reader, "Who chaired the 2019 conference?", "meanwhile")
    stores.close()
    assert "1 added" in over(reader, job)


def test_a_job_can_be_stopped_while_it_waits(reader: httpx.Client, settings_here: Settings) -> None:
    stores = Stores(settings_here.data_dir)
    with stores.writing():
        send(reader, "a.txt", article("Hội chợ xoài", 7))
        first = reader.post("archive/finish", json={"batch": BATCH}).json()["job"]
        send(reader, "b.txt", article("Hội chợ dừa", 8))
        second = reader.post("archive/finish", json={"batch": BATCH}).json()["job"]
        waited(lambda: f'class="job waiting" data-job="{first}"' in state(reader))
        for job in (second, first):
            reader.post("archive/stop", json={"job": job})
        over(reader, second)
        over(reader, first)
        assert state(reader).count('class="job stopped"') == 2
    stores.close()
    assert rows(reader, q="hoi cho")["count"] == 0
    job = reader.post("archive/folders", json={}).json()["job"]  # the files are still there
    assert "2 added" in over(reader, job)


def test_the_folders_of_the_settings_are_read_again(fresh_samples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bài mới"
    folder.mkdir()
    (folder / "một.txt").write_bytes(article("Hội chợ dừa", 4))
    settings = Settings(data_dir=fresh_samples, port=free_port(), folders=(folder,))
    with page_served(settings) as address, client(address) as reader:
        assert "1 added" in over(reader, reader.post("archive/folders").json()["job"])
        assert "1 added" in reader.get("archive/runs").json()["html"]


def test_a_stop_of_the_server_ends_the_job_and_leaves_the_stores_whole(fresh_samples: Path) -> None:
    settings = Settings(data_dir=fresh_samples, port=free_port(), workers=1)
    with page_served(settings) as address, client(address) as reader:
        for number in range(40):
            send(reader, f"{number}.txt", article(f"Bài số {number}", number))
        reader.post("archive/finish", json={"batch": BATCH})
    assert Stores(fresh_samples).verify().problems == ()
    with Stores(fresh_samples).writing():  # nobody holds the lock any more
        pass


def test_a_worker_whose_page_is_gone_ends_by_itself(fresh_samples: Path) -> None:
    stores = Stores(fresh_samples)
    with stores.writing():
        order = f'{{"kind": "remove", "ids": ["0123456789abcdef"], "settings": {{"data_dir": "{fresh_samples}"}}}}\n'
        worker = subprocess.Popen(
            [sys.executable, "-m", "ui.archive.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            cwd=Path(__file__).parents[1],
        )  # fmt: skip
        told, _ = worker.communicate(order, timeout=60)  # which closes its input
    stores.close()
    assert worker.returncode == 0
    assert '"stopped": true' in told


# --- who may ----------------------------------------------------------------------------------------------------------

CHANGES = ["finish", "folders", "remove", "restore", "stop"]


def forbidden(reader: httpx.Client) -> list[int]:
    said = [send(reader, "a.txt", article("Tin", 1)).status_code]
    return said + [reader.post(f"archive/{name}", json={"ids": ["0123456789abcdef"]}).status_code for name in CHANGES]


def test_only_named_users_may_change_anything(fresh_samples: Path) -> None:
    settings = Settings(data_dir=fresh_samples, port=free_port(), archivists=("An",))
    for name in ("an", "bình"):
        Users(settings.users_file).put(name, PASSWORD)
    with page_served(settings) as address:
        with client(address) as nobody:
            assert set(forbidden(nobody)) == {401}
            assert nobody.get("archive/rows").status_code == 401
            asked = nobody.get("articles", follow_redirects=False)
            assert (asked.status_code, asked.headers["location"]) == (303, "login?view=articles")
        with client(address) as other:
            sign_in(other, "bình")
            assert set(forbidden(other)) == {403}
            assert rows(other)["count"] == 10
            assert "checkbox" not in rows(other)["html"]
        with client(address) as archivist:
            landed = archivist.post("login?view=articles", data={"user": "an", "password": PASSWORD})
            assert landed.headers["location"] == "./articles"
            send(archivist, "a.txt", article("Tin về chợ nổi", 2))
            told = finish(archivist)
            assert "1 added" in told
            assert "by an" in told
    assert not (fresh_samples / "uploads" / "b.txt").exists()


@pytest.mark.parametrize(
    "given",
    [{"archivists": ()}, {"open_to_all": True}, {"trusted_proxies": ("127.0.0.1/32",)}, {"archivists": ("an",)}],
    ids=str,
)
def test_without_users_only_whoever_is_at_this_machine_may(fresh_samples: Path, given: dict[str, object]) -> None:
    settings = Settings(data_dir=fresh_samples, port=free_port(), **given)
    with page_served(settings) as address, client(address) as reader:
        assert set(forbidden(reader)) == {403}
        assert reader.get("archive/state").json()["may"] is False
    assert not (fresh_samples / "uploads").exists()


def test_another_sites_page_may_not(reader: httpx.Client) -> None:
    for site in ({"sec-fetch-site": "cross-site"}, {"origin": "http://evil.test"}):
        assert reader.post("archive/remove", json={"ids": ["0123456789abcdef"]}, headers=site).status_code == 403
        assert reader.post(f"archive/file?batch={BATCH}&name=a.txt", content=b"x", headers=site).status_code == 403


@pytest.mark.parametrize(
    "body", [b"[]", b"{", b'{"ids": []}', b'{"ids": ["x"]}', b'{"ids": "0123456789abcdef"}', b"\xff"]
)
def test_orders_that_cannot_be_read_are_refused(reader: httpx.Client, body: bytes) -> None:
    assert reader.post("archive/remove", content=body).status_code == 400
    assert reader.post("archive/file?name=a.txt", content=b"x").status_code == 400
    assert rows(reader)["count"] == 10


def test_an_empty_data_directory_can_be_filled_from_the_page(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "trống", port=free_port(), workers=1)
    with page_served(settings) as address, client(address) as reader:
        assert rows(reader)["count"] == 0
        send(reader, "a.txt", article("Hội chợ xoài", 7))
        assert "1 added" in finish(reader)
        assert rows(reader)["count"] == 1
        assert "8/6/2018" in answer(reader, QUESTION, "first")
    shutil.rmtree(settings.data_dir)


@pytest.mark.timeout(120)
def test_a_full_disk_is_said_and_costs_nothing(fresh_samples: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    if not small_disk(disk, megabytes=60):
        pytest.skip("only root may mount a file system")
    try:
        data = Path(shutil.copytree(fresh_samples, disk / "data"))
        with page_served(Settings(data_dir=data, port=free_port(), workers=1)) as address, client(address) as reader:
            give_back = filler(disk)(50_000)
            assert send(reader, "dài.txt", article("Dài", 1) + b"x" * 200_000).json()["why"] == "full"
            assert not list((data / "uploads").rglob("dài.txt"))
            assert "Nguyễn Văn Nên" in answer(reader, "Ai chủ trì hội nghị năm 2019?", "meanwhile")
            give_back()
            assert send(reader, "dài.txt", article("Dài", 1)).json()["taken"]
            assert "1 added" in finish(reader)
        assert Stores(data).verify().problems == ()
    finally:
        take_away(disk)
