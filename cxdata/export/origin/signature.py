"""The signature of a view: an address takes a writer's words only as the chart studio signed them.

So nobody makes this dashboard say a sentence by writing it into a link.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable
from dataclasses import replace

from cxdata.errors import Refused
from cxdata.export.origin.own_words import OWN, SENTENCES, list_words
from cxdata.export.view import STYLES, View, format_query
from cxdata.text.formatting import join_list

UNSIGNED = set(STYLES) - set(OWN)
"""Names of an address that say nothing: one signature holds for every size and look of a view."""
LENGTH = 32  # hexadecimal digits: 128 bits


class UnsignedWordsError(Refused):
    """An address has words that the chart studio did not sign."""


def sign_view(view: View, key: bytes) -> View:
    """Return the view with a signature for its words, in every size and look, over no other figures."""
    return replace(view, signature=_sign(view, key) if list_words(view.picture) else "")


def check_signature(view: View, list_keys: Callable[[], Iterable[bytes]]) -> None:
    """Raise UnsignedWordsError if a view has words that none of the keys signed. Only words ask for the keys."""
    own = list_words(view.picture)
    if not own or any(hmac.compare_digest(view.signature, _sign(view, key)) for key in list_keys()):
        return
    raise UnsignedWordsError(
        f"This address has its own {join_list([SENTENCES.get(name, name) for name in own])}, which this dashboard did "
        "not sign. Open the chart in the chart studio and write the words there. Then copy its address from “Code and "
        "citations to paste”."
    )


def _sign(view: View, key: bytes) -> str:
    asked = {name: value for name, value in format_query(view).items() if name not in UNSIGNED}
    return hmac.new(key, json.dumps([view.chart, asked], sort_keys=True).encode(), hashlib.sha256).hexdigest()[:LENGTH]
