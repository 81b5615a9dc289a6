"""The base path: the part of an address before the dashboard's own, as Streamlit's server.baseUrlPath names it."""


def normalise_base(base: str | None) -> str:
    """Return a base path with a slash before it and none behind; '' for none."""
    return f"/{(base or '').strip('/')}".rstrip("/")
