"""What the house keeps out of its sources, each as a function from a text to its faults."""

import ast
import re
from html.parser import HTMLParser

from tests.layers_js import without_comments

LONGEST = 300  # lines; a longer file wants to be two

# Python names that would let a text become code.
_PYTHON = {"eval", "exec", "sympify", "parse_expr"}

# The same for JavaScript. A method `.exec(` belongs to a regular expression and is harmless.
_JAVASCRIPT = re.compile(
    r"(?<![\w.])eval\s*\(|\bnew\s+Function\b|\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b"
    r"|\bdocument\.write\b|\bsetHTMLUnsafe\b"
)

_ADDRESS = re.compile(r"""https?://[^\s"'`)<>]+|["'`(]//\w[\w.-]*\.\w[^\s"'`)<>]*""")
_NAMESPACE = "http://www.w3.org/"  # names an XML vocabulary, and is never fetched


def too_long(text: str) -> list[str]:
    """A file of more lines than one idea needs."""
    lines = text.count("\n")
    return [f"has {lines} lines; past {LONGEST} it wants to be two files."] * (lines > LONGEST)


def text_as_code_in_python(text: str) -> list[str]:
    """Names and calls that turn text into code; a method such as torch's `model.eval()` is none."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name) and node.id in _PYTHON:
            found.append(f"line {node.lineno} uses {node.id}: text of users never becomes code.")
        if isinstance(node, ast.Import | ast.ImportFrom):
            for name in {alias.name for alias in node.names} & _PYTHON:
                found.append(f"line {node.lineno} imports {name}: text never becomes code.")
    return found


def text_as_code_in_javascript(text: str) -> list[str]:
    """Calls and properties that turn text into code or into markup."""
    code = without_comments(text)
    return [
        f"line {code.count(chr(10), 0, match.start()) + 1} uses {match[0]}: build elements instead."
        for match in _JAVASCRIPT.finditer(code)
    ]


def addresses_in_script(text: str) -> list[str]:
    """Addresses outside this server in JavaScript, comments aside."""
    return _addresses(without_comments(text))


def addresses_in_sheet(text: str) -> list[str]:
    """The same in CSS, where two slashes open no comment."""
    return _addresses(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))


def addresses_in_html(text: str) -> list[str]:
    """Addresses outside this server in HTML or SVG; a link that a person may follow is none."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            for name, value in attrs:
                if not (tag == "a" and name == "href"):
                    found.extend(_addresses(f'"{value or ""}"'))

        def handle_data(self, data: str) -> None:
            # Only the text of <style> and <script>; elsewhere an address is mere words.
            if self.cdata_elem:
                found.extend(_addresses(data))

    Reader().feed(text)
    return found


def _addresses(code: str) -> list[str]:
    return [
        f"holds the address {match[0].strip()}: nothing is loaded from outside."
        for match in _ADDRESS.finditer(code)
        if not match[0].startswith(_NAMESPACE)
    ]
