"""A clinic's look: checked values become CSS, and what can't be read is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from generator import routes
from generator.model.published_state import Clinic, Font

LEAST_CONTRAST: Final = 4.5
PAPER: Final = "#ffffff"
PAPER_DARK: Final = "#12191d"
_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}")
FONTS: Final[dict[Font, str]] = {
    "system": "system-ui,sans-serif",
    "humanist": 'Seravek,"Gill Sans Nova",Ubuntu,Calibri,sans-serif',
    "rounded": 'ui-rounded,"Arial Rounded MT Bold",system-ui,sans-serif',
    "serif": 'Georgia,"Times New Roman",serif',
}


@dataclass(frozen=True, slots=True)
class Skin:
    """What a card's template needs of a look. `door` is the address that leads to the clinic."""

    scheme: str = "page"
    css: str = ""
    name: str = ""
    cta: str = ""
    door: str = ""
    phone: str = ""


HOUSE: Final = Skin()


def skin_of(clinic: Clinic | None) -> Skin:
    """The clinic's look, ours for none; a colour that can't be read on its ground is ours, too."""
    if clinic is None:
        return HOUSE
    rules = [f"--r:{clinic.radius}px", f"--font:{FONTS[clinic.font]}"]
    if readable(clinic.accent, PAPER):
        rules.append(f"--accent-light:{clinic.accent.lower()}")
    dark = clinic.accent_dark or clinic.accent
    if readable(dark, PAPER_DARK):
        rules.append(f"--accent-dark:{dark.lower()}")
    cta = clinic.cta if is_web_address(clinic.url) else ""
    door = routes.clinic_url(clinic.id)
    return Skin(clinic.scheme, ";".join(rules), clinic.name, cta, door, clinic.phone)


def readable(colour: str, ground: str) -> bool:
    """Whether text of this colour can be read on the ground; what is no colour can't.

    >>> readable("#0b5a63", "#ffffff"), readable("#ffe08a", "#ffffff"), readable("red;}", "#fff")
    (True, False, False)
    """
    return bool(_HEX.fullmatch(colour)) and contrast(colour, ground) >= LEAST_CONTRAST


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours, from 1 to 21.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return round((lighter + 0.05) / (darker + 0.05), 2)


def is_web_address(text: str) -> bool:
    """Whether it is an https address without a user name, safe to link to.

    >>> is_web_address("https://clinic.example/book"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    try:
        parts = urlsplit(text)
        return (
            parts.scheme == "https"
            and bool(parts.hostname)
            and "@" not in parts.netloc
            and not re.search(r"[\s<>\"'\\]", text)
        )
    except ValueError:
        return False


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
