"""One bad file costs its own result only, whatever it does, and leaves nothing behind."""

import os
import pickle
import resource
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from luoshi.core.reading.model import ReadError
from luoshi.engines import leash, worker
from luoshi.engines.bounded import BoundedPool, FaultError, read_bounded

MIB = 1024 * 1024
ACT = "bounded_tasks:act"


@pytest.fixture(autouse=True)
def _tasks_on_path(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


def run(names, task=ACT, **settings):
    with BoundedPool(**settings) as pool:
        return list(pool.map(task, [Path(each) for each in names]))


def codes(results):
    return {str(each.item): each.error.code for each in results if each.error}


def test_results_come_in_the_order_of_the_items_with_the_options_applied():
    with BoundedPool(2) as pool:
        paths = [Path(f"f{number}") for number in range(3000)]
        found = list(pool.map("bounded_tasks:name", iter(paths), {"suffix": "!"}))
    assert [each.item for each in found] == paths
    assert [each.value for each in found] == [f"f{number}!" for number in range(3000)]
    assert not any(each.error for each in found)


def test_no_items_give_no_results():
    assert run([]) == []


def test_items_are_drawn_only_a_little_ahead_of_the_results():
    drawn = []

    def source():
        for number in range(100_000):
            drawn.append(number)
            yield Path(f"f{number}")

    with BoundedPool(2) as pool:
        results = pool.map("bounded_tasks:name", source())
        for taken in range(1, 600):
            next(results)
            assert len(drawn) - taken <= 2 * 64
        results.close()


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("allocate", "memory"),
        ("segfault", "damaged"),
        ("leave", "damaged"),
        ("vanish", "damaged"),
        ("spin", "timeout"),
        ("sleep", "timeout"),
        ("raise", "damaged"),
        ("refuse", "encrypted"),
        ("recurse", "damaged"),
        ("crash", "memory"),
    ],
)
def test_a_bad_file_gets_its_code_and_its_neighbours_their_values(deed, code):
    names = [f"good-{number}" for number in range(40)]
    names[20:20] = [f"{deed}-1"]
    own_peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    if deed == "crash" and own_peak > 300 * MIB:
        # A child begins with its parent's peak on its account: nothing can be told from it.
        code = "damaged"
    seconds = 1 if code == "timeout" else 60
    found = run(names, workers=2, memory_bytes=512 * MIB, seconds=seconds)
    assert codes(found) == {f"{deed}-1": code}
    assert [each.value for each in found if not each.error] == names[:20] + names[21:]


def test_many_bad_files_one_after_the_other():
    deeds = ["segfault", "vanish", "raise", "allocate"]
    names = [f"{deed}-{number}" for number in range(3) for deed in deeds]
    assert set(codes(run(names, workers=2))) == set(names)


@pytest.mark.parametrize("deed", ["frail", "hungry"])
def test_a_file_that_fails_in_a_used_worker_is_tried_in_a_fresh_one(deed):
    found = run(["good-1", "good-2", f"{deed}-1", f"{deed}-2", "good-3"])
    assert [each.value for each in found] == ["good-1", "good-2", deed, deed, "good-3"]


def test_a_fault_tells_the_user_in_chinese_and_the_log_in_detail():
    (found,) = run(["raise-1"])
    assert isinstance(found.error, FaultError)
    assert "另存" in found.error.message
    assert "KeyError" in found.error.details
    assert "KeyError" not in str(found.error)
    again = pickle.loads(pickle.dumps(found.error))
    assert (again.code, again.details) == ("damaged", found.error.details)


def test_a_crash_leaves_its_python_stack_in_the_details():
    (found,) = run(["segfault-1"])
    assert "_segfault" in found.error.details


def test_a_readers_own_error_arrives_word_for_word():
    (found,) = run(["refuse-1"])
    assert type(found.error) is ReadError
    assert (found.error.code, found.error.message) == ("encrypted", "文件设了密码。")


def test_a_worker_that_has_grown_is_replaced():
    names = ["hold-1", *(f"pid-{number}" for number in range(50))]
    numbers = [each.value for each in run(names, memory_bytes=512 * MIB)]
    assert numbers[-1] != numbers[0]
    assert len(set(numbers)) == 2


def test_output_of_a_task_disturbs_nothing(capfd):
    assert [each.value for each in run(["loud-1", "good-1"])] == ["loud", "good-1"]
    assert capfd.readouterr() == ("", "")


def test_a_result_may_be_one_of_our_values():
    (found,) = run(["span-1"])
    assert found.value == (1, 2)
    assert type(found.value).__name__ == "Span"


def test_a_result_that_could_act_is_refused_and_does_not_act(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with pytest.raises(pickle.UnpicklingError, match="mkdir"):
        run(["evil-1"])
    assert not (tmp_path / "evil").exists()
    with pytest.raises(pickle.UnpicklingError, match="_compile"):
        run(["foreign-1"])


def test_a_result_over_the_limit_is_not_sent(monkeypatch):
    monkeypatch.setattr(worker, "REPLY_BYTES", 2000)
    sent = worker._perform(lambda path: "x" * 3000, Path("a"), worker.Use("", {}, 5.0))
    assert sent == (worker.LARGE, b"")
    monkeypatch.setattr(leash, "REPLY_BYTES", 2000)
    assert codes(run(["huge-1"])) == {"huge-1": "damaged"}


@pytest.mark.parametrize("task", ["bounded_tasks:nothing", "no_such_module:act"])
def test_a_task_that_cannot_be_imported_is_the_programmers_error(task):
    with pytest.raises(RuntimeError, match="no task"):
        run(["good-1"], task=task)


def test_a_worker_that_cannot_start_is_an_error_and_not_a_loop():
    with pytest.raises(RuntimeError, match=r"did not start|no task"):
        run(["good-1"], memory_bytes=8 * MIB)


def test_a_pool_refuses_what_it_cannot_do():
    with pytest.raises(ValueError, match="positive"):
        BoundedPool(0)
    pool = BoundedPool()
    with pytest.raises(RuntimeError, match="new"):
        next(pool.map(ACT, [Path("good")]))
    with pool:
        first = pool.map(ACT, [Path("good-1"), Path("good-2")])
        next(first)
        with pytest.raises(RuntimeError, match="busy"):
            next(pool.map(ACT, [Path("good")]))
        first.close()
    with pytest.raises(RuntimeError, match="closed"):
        next(pool.map(ACT, [Path("good")]))


def test_an_abandoned_run_leaves_the_pool_usable_and_its_idle_workers_in_place():
    with BoundedPool(1) as pool:
        results = pool.map(ACT, map(Path, ["pid-1", "sleep-1"]))
        before = next(results).value
        results.close()
        with pytest.raises(ProcessLookupError):
            os.kill(before, 0)
        after = next(pool.map(ACT, [Path("pid-2")])).value
        assert next(pool.map("bounded_tasks:name", [Path("a")])).value == "a"
        assert next(pool.map(ACT, [Path("pid-3")])).value == after


def test_an_idle_worker_that_was_killed_is_replaced_without_blame():
    with BoundedPool(1) as pool:
        (found,) = pool.map(ACT, [Path("pid-1")])
        os.kill(found.value, signal.SIGKILL)
        os.waitid(os.P_PID, found.value, os.WEXITED | os.WNOWAIT)
        (again,) = pool.map(ACT, [Path("pid-2")])
    assert again.value != found.value


def test_no_worker_is_left_when_the_pool_closes():
    with BoundedPool(2) as pool:
        numbers = {each.value for each in pool.map(ACT, map(Path, ["pid-1", "pid-2"]))}
    for number in numbers:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_worker_knows_and_may_do_little(monkeypatch, tmp_path):
    monkeypatch.setenv("LUOSHI_SECRET", "x")
    monkeypatch.chdir(tmp_path)
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        (found,) = run(["surroundings-1"], memory_bytes=512 * MIB)
    seen = found.value
    assert "LUOSHI_SECRET" not in seen["environment"]
    targets = [seen["descriptors"].pop(number).split(":")[0] for number in (0, 1)]
    assert targets == ["pipe", "/dev/null"]
    kinds = sorted(target.split(":")[0] for target in seen["descriptors"].values())
    assert [kind for kind in kinds if not kind.startswith("/")] == ["socket"]
    assert not any(str(tmp_path / "open") in target for target in seen["descriptors"].values())
    assert not {"", ".", str(tmp_path)} & set(seen["path"])
    assert seen["session"] != os.getsid(0)
    assert (seen["core"], seen["memory"]) == (0, 512 * MIB)


PARENT = textwrap.dedent("""
    import sys
    from pathlib import Path
    from luoshi.engines.bounded import BoundedPool
    with BoundedPool(1, seconds=1000) as pool:
        list(pool.map("bounded_tasks:report_and_backtrack", [Path(sys.argv[1])]))
""")


@pytest.mark.skipif(sys.platform != "linux", reason="the lifeline is certain on Linux only")
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_worker_survives_its_parent(tmp_path, blow):
    told = tmp_path / "pid"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(told)], env=environment, stderr=subprocess.DEVNULL
    )
    until(lambda: told.exists() and told.read_text())
    number = int(told.read_text())
    parent.send_signal(blow)
    parent.wait()
    until(lambda: not alive(number))


def alive(number):
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"  # an orphan may wait for a tired init to collect it


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def test_read_bounded_reads_paths_and_bytes_alike(tmp_path):
    path = tmp_path / "材料.md"
    path.write_text("# 一、存在的问题\n\n服务群众不够。\n", encoding="utf-8")
    by_path = read_bounded(path)
    assert "服务群众不够。" in by_path.text
    assert by_path.format == "md"
    assert read_bounded(path.read_bytes(), path.name) == by_path


def test_read_bounded_raises_what_the_reader_raised(tmp_path):
    with pytest.raises(ReadError) as caught:
        read_bounded(b"")
    assert caught.value.code == "empty"
    with pytest.raises(ReadError) as caught:
        read_bounded(tmp_path / "没有")
    assert caught.value.code == "missing"


def test_read_bounded_serves_many_threads():
    texts = [f"第{number}份材料。" for number in range(8)]
    with ThreadPoolExecutor(8) as threads:
        documents = threads.map(lambda text: read_bounded(text.encode()), texts)
    assert [document.text for document in documents] == texts
