"""Claims: what rows allow to say, and the sentences that say it.

A chart never puts a headline together itself. It gives its figures to a function here, which judges what they bear and
writes the sentence. The evidence goes with the sentence, so that the check before publication reads it and not words.
"""

from cxdata.claims.claim import Claim

__all__ = ["Claim"]
