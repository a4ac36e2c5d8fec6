"""The witness sees what it is there for: planted errors, and requests that leave the machine."""

from playwright.sync_api import Browser

from tests.browser.driver import until
from tests.browser.witness import Witness

PAGE = """
<script>
  console.error("a planted error");
  setTimeout(() => { throw new Error("a planted exception"); });
  const socket = new WebSocket("ws://127.0.0.1:9/planted");
  const settled = [fetch("http://planted.example/"), new Promise((end) => (socket.onclose = end))];
  Promise.allSettled(settled).then(() => (document.documentElement.dataset.done = "true"));
</script>
"""


def test_planted_faults_are_seen(browser: Browser) -> None:
    witness = Witness("http://127.0.0.1:9")
    with browser.new_context() as context:
        witness.watch(context)
        page = context.new_page()
        page.set_content(PAGE)
        until(page, "() => document.documentElement.dataset.done")
    assert witness.strangers() == ["http://planted.example/"]
    assert "ws://127.0.0.1:9/planted" in witness.requests
    told = "\n".join(witness.unexpected())
    assert "a planted error" in told
    assert "a planted exception" in told
    witness.expected += ["planted", "ERR_"]
    assert witness.unexpected() == []


def test_a_neighbouring_port_is_a_stranger() -> None:
    witness = Witness("http://127.0.0.1:80")
    home = ["http://127.0.0.1:80/a.js", "ws://127.0.0.1:80/ws/descents", "data:,", "blob:x"]
    away = ["http://127.0.0.1:8080/a.js", "https://127.0.0.1:80/", "ws://127.0.0.1:81/"]
    witness.requests = home + away
    assert witness.strangers() == away
