"""docs/settings.md lists every setting of the class `Settings`."""

import tomllib

from cxdata.resources import ROOT
from cxdata.settings import Settings, describe_settings

DOCUMENT = (ROOT / "docs" / "settings.md").read_text("utf-8")


def test_document_holds_the_generated_table() -> None:
    assert describe_settings() in DOCUMENT, "print it with python -m cxdata.settings"


def test_every_setting_has_a_meaning_and_a_valid_example() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.examples, name
        Settings(**{name: field.examples[0]})


def test_document_names_the_upload_limit_of_the_server() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert f"| `STREAMLIT_SERVER_MAX_UPLOAD_SIZE` | `{config['server']['maxUploadSize']}` |" in DOCUMENT
