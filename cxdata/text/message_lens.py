"""A lens on a company's message: what its text shows of name, answer, date and whose interest it serves.

The questions follow Maz Iqbal's remarks on one email. The lens finds words; a person judges what they mean.
"""

import re
from dataclasses import dataclass

MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)"
TIMES = re.compile(
    "|".join(
        (
            r"\b\d{4}-\d{2}-\d{2}\b",
            r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b",
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTHS}\b(?: \d{{4}}\b)?",
            rf"\b{MONTHS} \d{{1,2}}(?:st|nd|rd|th)?\b",
            rf"\b{NUMBER}(?:\s*(?:-|–|to)\s*{NUMBER})?\s+(?:working |business )?(?:minutes?|hours?|days?|weeks?)\b",
            r"\b(?:next|following) (?:working |business )?day\b",
            r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b",
            r"\b(?:today|tonight|tomorrow)\b",
        )
    ),
    re.IGNORECASE,
)
# `may` in lower case only: May is a month
HEDGES = re.compile(
    r"\bmay\b|(?i:\b(?:might|could|should|most|usually|normally|approximately|shortly|soon|hopefully"
    r"|as soon as possible)\b)"
)
NAMELESS = re.compile(
    r"(?:dear|hello|hi)?[ ,]*(?:valued )?(?:customer|client|member|sir or madam|sir/madam|sir|madam)?[ ,.!:]*",
    re.IGNORECASE,
)
GREETING = re.compile(r"(?:dear|hello|hi|good (?:morning|afternoon|evening))\b", re.IGNORECASE)
WRITER = re.compile(r"\b(?:I|[Ww]e|[Oo]urs?|us|me|my|My)\b")
READER = re.compile(r"\b(?:you|yours?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class MessageReading:
    """What the text of a message shows. It holds no verdict."""

    uses_name: bool | None
    """Whether a part of the name occurs; None without a name to look for."""
    is_greeting_nameless: bool
    """Whether the greeting addresses nobody by name, such as 'Dear Customer'."""
    times: tuple[str, ...]
    """Days, dates and spans of time, each once, in the order of the text."""
    hedges: tuple[str, ...]
    """Words that leave the matter open, each once, in lower case."""
    writer_count: int
    """How often the writer speaks of itself: we, our, us, I, me, my."""
    reader_count: int
    """How often the message speaks of its reader: you, your, yours."""


def read_message(text: str, name: str = "") -> MessageReading:
    """Find the words of a message that bear on the four questions.

    `name` is the customer's; any part of it counts, whatever its case.
    """
    parts = name.split()
    return MessageReading(
        uses_name=any(_has_word(text, part) for part in parts) if parts else None,
        is_greeting_nameless=_has_nameless_greeting(text),
        times=_each_once(TIMES, text),
        hedges=_each_once(HEDGES, text.replace("\n", " "), lower=True),
        writer_count=len(WRITER.findall(text)),
        reader_count=len(READER.findall(text)),
    )


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None


def _has_nameless_greeting(text: str) -> bool:
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return bool(GREETING.match(first) and NAMELESS.fullmatch(first))


def _each_once(pattern: re.Pattern[str], text: str, lower: bool = False) -> tuple[str, ...]:
    found = (" ".join(match.group().split()) for match in pattern.finditer(text))
    return tuple(dict.fromkeys(each.lower() if lower else each for each in found))
