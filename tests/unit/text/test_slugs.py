"""Ids made of words."""

from cxdata.text.slugs import slugify


def test_slug_is_made_from_words() -> None:
    assert slugify("AO.com", "A fight: 45%, then nothing!") == "ao-com-a-fight-45-then-nothing"
    assert slugify("Café Müller", None) == "cafe-muller"
    assert slugify("x " * 100).endswith("x")
    assert len(slugify("word " * 100)) <= 80
