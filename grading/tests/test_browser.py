"""The notebook in JupyterLab, in a real browser: a wrong answer shows its mistake, the right one turns green, a slider moves."""

import contextlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest

from grading.autograde.cells import grade_id
from grading.example_class.submissions import answer_text
from grading.exercise import load
from grading.release.source import NOTEBOOKS, read

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.xdist_group("browser")]
TOPIC = "lecture03/losses"


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    options = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
               "--disable-component-update", "--disable-sync"]  # fmt: skip
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=options)
        yield started
        started.close()


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """The released notebook with one right, one wrong and one blank answer, as on a student's desk."""
    notebook = nbformat.read(NOTEBOOKS / f"{TOPIC}.ipynb", as_version=4)
    exercises = load(TOPIC).exercises
    wrong = next(m for m in exercises["svm_loss"].mistakes if m.name == "subtracts_only_one")
    right = {grade_id(cell): cell.source for cell in read(TOPIC).cells}
    for cell in notebook.cells:
        if grade_id(cell) == "answer-svm_loss_naive":
            cell.source = right["answer-svm_loss_naive"]
        if grade_id(cell) == "answer-svm_loss":
            cell.source = answer_text(wrong.function, "svm_loss")
    folder = tmp_path_factory.mktemp("desk")
    nbformat.write(notebook, folder / "losses.ipynb")
    return folder / "losses.ipynb"


@pytest.fixture(scope="module")
def lab(notebook):
    """A JupyterLab server on this machine; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = open(notebook.parent / "lab.log", "w")
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
         "--ServerApp.port_retries=0", "--IdentityProvider.token=", f"--ServerApp.root_dir={notebook.parent}"],
        cwd=notebook.parent, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    for _ in range(240):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/api", timeout=5).close()
            break
        time.sleep(0.25)
    yield address
    server.terminate()
    server.wait(20)
    log.close()


@pytest.fixture(scope="module")
def page(browser, lab):
    """The notebook, open, with all its cells run."""
    page = browser.new_page(viewport={"width": 1300, "height": 1000})
    page.goto(f"{lab}/lab/tree/losses.ipynb")
    page.wait_for_selector(".jp-Notebook", timeout=60_000)
    page.wait_for_selector("text=Python 3 (ipykernel) | Idle", timeout=60_000)
    page.click("text=Run >> nth=0")
    page.click("text=Run All Cells")
    # The last check of the notebook: every cell before it has run, blank answers and all.
    page.wait_for_selector(".cg[aria-label^=shape_of_w]", state="attached", timeout=90_000)
    yield page
    page.close()


def report(page, id):
    found = page.locator(f'.cg[aria-label^="{id}:"]').first
    # JupyterLab leaves out what is off the screen; scrolled to, it has to be there for the eye too.
    found.scroll_into_view_if_needed(timeout=20_000)
    found.wait_for(state="visible", timeout=20_000)
    page.wait_for_function("e => e.innerText.length > 0", arg=found.element_handle(), timeout=20_000)
    return found


def test_a_right_answer_turns_green(page):
    shown = report(page, "svm_loss_naive")
    assert "passed" in shown.inner_text() and "8 of 8 points" in shown.inner_text()
    assert shown.evaluate("e => getComputedStyle(e).borderLeftColor") == "rgb(0, 158, 115)"


def test_a_wrong_answer_shows_its_mistake_and_both_sides(page):
    shown = report(page, "svm_loss")
    text = shown.inner_text()
    assert "This is a known mistake." in text and "count them, and subtract that many" in text
    assert shown.locator("table").count() == 2 and shown.locator("td.cg-off").count() == 2
    shown.locator("summary", has_text="Hint 1").click()
    assert "make it a column" in shown.inner_text()


def test_a_blank_says_so_and_stops_nothing(page):
    assert "not written yet" in report(page, "softmax_loss").inner_text()


def test_a_slider_moves_the_picture_by_keyboard(page):
    picture = page.locator('img[alt^="Scores: cat"]').first
    picture.scroll_into_view_if_needed(timeout=20_000)
    assert "cat 3.2" in picture.get_attribute("alt")
    page.locator(".jupyter-widgets .noUi-handle").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector('img[alt^="Scores: cat 3.3"]', state="attached", timeout=20_000)
